/** What ranks need that work on one candidate together: operations of which every member of the team takes part. */
package org.aevo.team;
