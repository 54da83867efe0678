/** The pictures of a report as inline SVG: drawn from plain numbers at any width, each with a caption and a table. Pure. */
package io.tunesmith.report.chart;
