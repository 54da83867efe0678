// @modelcontextprotocol/sdk against the service, over HTTP (BASE, KEY) or, with LAUNCH, over stdio. Exits non-zero at the first mismatch.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';

const { BASE, KEY, DATA, DATASET, LAUNCH, ELICIT } = process.env;

function transport() {
  if (LAUNCH) {
    const [command, ...args] = JSON.parse(LAUNCH);
    return new StdioClientTransport({ command, args, env: { ...process.env, TUNESMITH_API_KEY: KEY } });
  }
  return new StreamableHTTPClientTransport(new URL(BASE + '/mcp'), { requestInit: { headers: { Authorization: 'Bearer ' + KEY } } });
}

const asked = [];
const client = new Client({ name: 'sdk-test', version: '1' }, { capabilities: ELICIT ? { elicitation: {} } : {} });
if (ELICIT) {
  client.setRequestHandler(ElicitRequestSchema, async request => {
    asked.push(request.params.message);
    return ELICIT === 'decline' ? { action: 'decline' } : { action: 'accept', content: { answer: process.env.ANSWER } };
  });
}
await client.connect(transport());
console.log('server', client.getServerVersion().name);

const call = async (name, args, options) => {
  const result = await client.callTool({ name, arguments: args }, undefined, options);
  assert.ok(!result.isError, JSON.stringify(result.content));
  return result;
};

const tools = (await client.listTools()).tools.map(tool => tool.name).sort();
assert.deepEqual(tools, ['answer_question', 'control_run', 'explain_trial', 'export_result', 'get_leaderboard', 'get_run', 'list_runs', 'plan_experiment', 'profile_dataset', 'start_run']);
assert.ok((await client.listPrompts()).prompts.some(prompt => prompt.name === 'tune_model'));
assert.ok((await client.listResourceTemplates()).resourceTemplates.some(one => one.uriTemplate === 'tunesmith://runs/{id}/report'));

// Over stdio a local file does.
const data = LAUNCH ? DATA : DATASET;
const begin = Date.now();
const started = (await call('start_run', { prompt: process.env.PROMPT ?? 'Predict the species. Use accuracy.', data, target: process.env.TARGET, budget: { trials: 4, minutes: 3 }, idempotency_key: 'sdk-' + begin })).structuredContent;
console.log('started', started.run_id, Date.now() - begin, 'ms');
assert.match(started.run_id, /^run_/);
assert.ok(ELICIT || Date.now() - begin < (LAUNCH ? 15000 : 2000), 'the id comes at once');

// A call that is taken back leaves the run. (A run that asks at once ends the waiting by itself.)
if (!process.env.ANSWER) {
  const controller = new AbortController();
  setTimeout(() => controller.abort('enough'), 300);
  await assert.rejects(client.callTool({ name: 'get_run', arguments: { run_id: started.run_id, wait_s: 45 } }, undefined, { signal: controller.signal }));
  assert.notEqual((await call('get_run', { run_id: started.run_id })).structuredContent.status, 'cancelled');
}

// Followed to its end with the client's own time limit of a minute.
let run, after = 0, told = 0, answered = 0;
for (let i = 0; i < 12; i++) {
  run = (await call('get_run', { run_id: started.run_id, wait_s: 45, after_seq: after }, { onprogress: () => told++ })).structuredContent;
  after = run.last_seq;
  if (['succeeded', 'failed', 'cancelled', 'budget_exhausted'].includes(run.status)) break;
  if (run.status === 'waiting_input' && run.question && ELICIT !== 'accept') {
    await call('answer_question', { run_id: started.run_id, question_id: run.question.question_id, answer: run.question.question_id === 'start' ? 'yes' : process.env.ANSWER });
    answered++;
  }
}
console.log('status', run.status, 'progress notifications', told, 'asked', asked.length);
assert.equal(run.status, 'succeeded', JSON.stringify(run.question ?? run.error));
assert.ok(told > 0, 'progress is told');
assert.equal(asked.length > 0, Boolean(ELICIT), 'who declares it is asked, and nobody else');
assert.equal(answered > 0, Boolean(process.env.ANSWER) && ELICIT !== 'accept', 'what nobody answered there is answered by the tool');

const board = (await call('get_leaderboard', { run_id: started.run_id, top_k: 3 })).structuredContent;
assert.ok(board.trials.length > 0 && board.finalists.length > 0);
assert.equal((await call('explain_trial', { run_id: started.run_id, trial_id: 0 })).structuredContent.trial_id, 0);
const exported = await call('export_result', { run_id: started.run_id, format: 'zip' });
const link = exported.content.find(one => one.type === 'resource_link' && one.name === 'model.zip');
const zip = (await client.readResource({ uri: link.uri })).contents[0];
assert.equal(Buffer.from(zip.blob, 'base64').subarray(0, 2).toString(), 'PK');
assert.match((await client.readResource({ uri: `tunesmith://runs/${started.run_id}/report` })).contents[0].text, /^# /);
const wrong = await client.callTool({ name: 'get_run', arguments: { run_id: 'run_nope' } });
assert.ok(wrong.isError && /run_not_found/.test(wrong.content[0].text));
await client.close();
console.log('ok');
