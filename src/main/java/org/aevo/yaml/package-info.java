/**
 * YAML that users wrote: trees of nodes with line and column, what in them would take a parser down refused, values with their
 * types and bounds, near words for mistyped ones.
 */
package org.aevo.yaml;
