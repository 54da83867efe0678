/** What a person reads: one record of the whole run, written as Markdown, one HTML file and JSON. */
package io.tunesmith.report;
