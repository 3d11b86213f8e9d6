/**
 * Networks that users write: their files, what they become for samples of a shape, their text in one line, which goes
 * wherever a genome's does, and pictures of networks for Graphviz.
 */
package org.aevo.design;
