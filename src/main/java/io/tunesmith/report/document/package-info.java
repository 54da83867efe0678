/**
 * What a report is made of: sections of paragraphs, tables and figures, said once and written twice, as HTML and as Markdown. Numbers get the
 * right digits here and untrusted text is made harmless here. Knows nothing of studies. Pure.
 */
package io.tunesmith.report.document;
