/**
 * What an agent (a machine that lends its slots) and the service say to each other. Every report is the whole state of the agent and every answer the whole
 * of what it must do, so a lost, repeated or late message harms nothing.
 */
package io.tunesmith.contract.agent;
