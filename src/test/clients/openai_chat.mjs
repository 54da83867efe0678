// The real openai client from npm against the live service, and, for what is the client's own behaviour, against a small scripted server.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createReadStream } from 'node:fs';
import OpenAI from 'openai';

const { BASE, KEY, DATA } = process.env;
const client = new OpenAI({ baseURL: `${BASE}/v1`, apiKey: KEY });
const checked = (name) => console.log(`ok ${name}`);
const pause = (millis) => new Promise((done) => setTimeout(done, millis));
let failed = 0;
/** What is independent of the rest goes on beside a failure. */
async function check(name, work) { try { await work(); checked(name); } catch (e) { failed++; console.log(`not ok ${name}`); console.error(name, e); } }
const post = (path, body) => fetch(BASE + path, { method: 'POST', headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
const user = (content) => [{ role: 'user', content }];

const dataset = await (async () => {
  const form = new FormData();
  const bytes = []; for await (const piece of createReadStream(DATA)) bytes.push(piece);
  form.append('file', new Blob(bytes), 'penguins.csv');
  return (await (await fetch(`${BASE}/api/v1/datasets`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: form })).json()).id;
})();

// --- the rows of the page of the chat door; a scripted server shows what the client makes of what a server does ---
const hits = {};
const frame = (delta, more = {}) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: null }], ...more })}\n\n`;
const scripts = {
  'keep-alive': (res) => { sse(res); res.write(': keep-alive\r\n\r\n'); res.write(frame({ content: 'a' }).replaceAll('\n', '\r\n')); res.end('data: [DONE]\r\n\r\n'); },
  'named': (res) => { sse(res); res.write('event: tunesmith.progress\ndata: {"custom":1}\n\n'); res.end('data: [DONE]\n\n'); },
  'late-error': (res) => { sse(res); res.write(frame({ content: 'a' })); res.end('data: {"error":{"message":"gone","type":"server_error","code":"internal","param":null}}\n\ndata: [DONE]\n\n'); },
  'reasoning': (res) => { sse(res); res.write(frame({ role: 'assistant', content: '' })); res.write(frame({ reasoning_content: 'think' })); res.write(frame({ content: 'said' })); res.end(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`); },
  'no-done': (res) => { sse(res); res.end(frame({ content: 'a' })); },
  'slow-stream': (res) => { sse(res); res.write(frame({ content: 'a' })); setTimeout(() => res.end('data: [DONE]\n\n'), 2500); },
  'open': (res) => { sse(res); res.write(frame({ content: 'a' })); },
  'slow-headers': () => {},
  'conflict': (res) => json(res, 409, { error: { message: 'no', type: 'x', param: null, code: null } }),
  'conflict-final': (res) => json(res, 409, { error: { message: 'no', type: 'x', param: null, code: null } }, { 'x-should-retry': 'false' }),
  'problem': (res) => json(res, 422, { title: 'lost', detail: 'lost' }, { 'content-type': 'application/problem+json' }),
};
function sse(res) { res.writeHead(200, { 'content-type': 'text/event-stream' }); }
function json(res, status, body, headers = {}) { res.writeHead(status, { 'content-type': 'application/json', ...headers }); res.end(JSON.stringify(body)); }
const closed = [];
const server = createServer((req, res) => {
  const name = req.url.split('/')[1];
  hits[name] = (hits[name] ?? []).concat([req.headers]);
  res.on('close', () => closed.push(name));
  req.resume().on('end', () => scripts[name](res));
});
await new Promise((up) => server.listen(0, '127.0.0.1', up));
const scripted = (name, options = {}) => new OpenAI({ baseURL: `http://127.0.0.1:${server.address().port}/${name}`, apiKey: 'x', ...options });
const ask = (of, options = {}) => of.chat.completions.create({ model: 'm', messages: user('x'), stream: true, ...options });
async function read(stream) { const all = []; for await (const chunk of stream) all.push(chunk); return all; }

await check('row 1: comments and CRLF are fine', async () => {
  assert.equal((await read(await ask(scripted('keep-alive'))))[0].choices[0].delta.content, 'a');
});
await check('row 2: a named event is yielded as if it were a chunk, so the service sends none', async () => {
  assert.deepEqual((await read(await ask(scripted('named'))))[0], { custom: 1 });
  const raw = await post('/v1/chat/completions', { model: 'tunesmith', messages: user('hello'), stream: true });
  const text = await raw.text();
  assert.ok(text.startsWith('data: {')); assert.ok(!/^event:/m.test(text)); assert.ok(text.endsWith('data: [DONE]\n\n'));
  assert.equal(raw.headers.get('x-accel-buffering'), 'no'); assert.match(raw.headers.get('cache-control'), /no-cache/);
});
await check('row 3: a late error is thrown with message, type and code, also one of the service', async () => {
  const late = await read(await ask(scripted('late-error'))).catch((e) => e);
  assert.ok(late instanceof OpenAI.APIError); assert.equal(late.type, 'server_error'); assert.equal(late.code, 'internal'); assert.equal(late.status, undefined); assert.match(late.message, /gone/);
  const ours = await client.chat.completions.create({ model: 'tunesmith', messages: user('x'), stream: true, tunesmith: { data: 'ds_' + '0'.repeat(26) } }).then(read).catch((e) => e);
  assert.ok(ours instanceof OpenAI.APIError, String(ours)); assert.equal(ours.status, undefined); assert.equal(ours.code, 'not_found'); assert.equal(ours.type, 'invalid_request_error'); assert.match(ours.message, /no data set/);
});
await check('row 4: reasoning_content is accumulated', async () => {
  const told = await scripted('reasoning').chat.completions.stream({ model: 'm', messages: user('x') }).finalMessage();
  assert.equal(told.reasoning_content, 'think'); assert.equal(told.content, 'said');
});
await check('row 5: a stream without [DONE] ends silently', async () => {
  assert.equal((await read(await ask(scripted('no-done')))).length, 1);
});
await check('row 6: the time limit covers the headers only', async () => {
  const began = Date.now();
  assert.equal((await read(await ask(scripted('slow-stream', { timeout: 1500, maxRetries: 0 })))).length, 1);
  assert.ok(Date.now() - began > 2000);
});
await check('row 7: late headers are tried again, three times in all', async () => {
  await assert.rejects(ask(scripted('slow-headers', { timeout: 300, maxRetries: 2 })), OpenAI.APIConnectionTimeoutError);
  assert.equal(hits['slow-headers'].length, 3);
});
await check('row 8: 409 is tried again unless x-should-retry says no, which the service says', async () => {
  await assert.rejects(ask(scripted('conflict', { maxRetries: 2 })), (e) => e.status === 409);
  await assert.rejects(ask(scripted('conflict-final', { maxRetries: 2 })), (e) => e.status === 409);
  assert.equal(hits['conflict'].length, 3); assert.equal(hits['conflict-final'].length, 1);
  let tries = 0;
  const counting = new OpenAI({ baseURL: `${BASE}/v1`, apiKey: KEY, fetch: (...call) => { tries++; return fetch(...call); } });
  const keyed = (words) => counting.chat.completions.create({ model: 'tunesmith', messages: user(words) }, { headers: { 'Idempotency-Key': once } });
  const once = `k-${process.pid}-${Date.now()}`;
  await keyed(`predict species from ${dataset}, at most 2 trials and 30 seconds, by accuracy`);
  tries = 0;
  await assert.rejects(keyed(`predict island from ${dataset}, at most 2 trials and 30 seconds, by accuracy`), (e) => e instanceof OpenAI.ConflictError && e.code === 'idempotency_conflict');
  assert.equal(tries, 1);
});
await check('row 9: the message of a problem+json body is lost, so every error of the service has the other form', async () => {
  await assert.rejects(ask(scripted('problem', { maxRetries: 0 })), (e) => e.status === 422 && !/lost/.test(e.message));
  await assert.rejects(client.models.retrieve('gpt-9'), (e) => e instanceof OpenAI.NotFoundError && e.code === 'model_not_found' && e.requestID.startsWith('req_'));
  await assert.rejects(new OpenAI({ baseURL: `${BASE}/v1`, apiKey: 'tsk_no' }).models.list(), (e) => e instanceof OpenAI.AuthenticationError && e.code === 'invalid_api_key' && e.type === 'invalid_request_error' && /key/.test(e.message));
  await assert.rejects(client.get('/nothing'), (e) => e.status === 404 && /path/.test(e.message));
  await assert.rejects(client.get('/chat/completions'), (e) => e.status === 405 && /method/.test(e.message));
  await assert.rejects(client.post('/chat/completions', { body: 'x', headers: { 'content-type': 'text/plain' } }), (e) => e.status === 415 && !/no body/.test(e.message));
});
await check('row 10: a client that breaks off closes its line', async () => {
  const stream = await ask(scripted('open'));
  for await (const _ of stream) stream.controller.abort();
  for (let i = 0; i < 50 && !closed.includes('open'); i++) await pause(100);
  assert.ok(closed.includes('open'));
});
await check('row 11: requests carry the count of their tries and no Idempotency-Key', async () => {
  assert.deepEqual(hits['slow-headers'].map((headers) => headers['x-stainless-retry-count']), ['0', '1', '2']);
  assert.ok(Object.values(hits).flat().every((headers) => !('idempotency-key' in headers)));
});
server.closeAllConnections(); server.close();

// --- the service ---
assert.deepEqual((await client.models.list()).data.map((model) => model.id), ['tunesmith', 'tunesmith-plan', 'tunesmith-ask']);
assert.equal((await client.models.retrieve('tunesmith')).object, 'model');
checked('the models');

const title = await client.chat.completions.create({ model: 'tunesmith', messages: user(`### Task:\nGenerate a concise, 3-5 word title. JSON format: { "title": "x" }\n<chat_history>\nUSER: predict species from ${dataset}\n</chat_history>`) });
assert.match(JSON.parse(title.choices[0].message.content).title, /Predict species/); assert.equal(title.tunesmith.run_id, null);
checked('a background call gets its JSON and no run');

const prompt = `predict species from ${dataset}, at most 4 trials and 60 seconds, by accuracy`;
const began = Date.now();
const stream = await client.chat.completions.create({ model: 'tunesmith', messages: user(prompt), stream: true, stream_options: { include_usage: true } });
let first; let content = ''; let reasoning = ''; let usage; let end;
for await (const chunk of stream) {
  first ??= Date.now() - began;
  content += chunk.choices[0]?.delta.content ?? ''; reasoning += chunk.choices[0]?.delta.reasoning_content ?? '';
  usage = chunk.usage ?? usage; end = chunk.choices[0]?.finish_reason ? chunk : end;
}
const run = content.match(/run_[0-9a-z]{26}/)[0];
assert.ok(first < 1000, `first chunk after ${first} ms`);
assert.ok(usage.total_tokens > 0); assert.equal(end.tunesmith.run_id, run);
console.log(`   first chunk after ${first} ms, ended as ${end.tunesmith.status}\n   ${reasoning.trim().split('\n').length} lines of progress`);
let talk = [...user(prompt), { role: 'assistant', content }];
const say = async (words) => { talk = [...talk, { role: 'user', content: words }]; const answer = await client.chat.completions.create({ model: 'tunesmith', messages: talk }); talk = [...talk, { role: 'assistant', content: answer.choices[0].message.content }]; return answer; };
let status = end.tunesmith.status; let rounds = 0;
while (status === 'waiting_input' && rounds++ < 4) { status = (await say(/Start\?/.test(talk.at(-1).content) ? 'yes' : 'you choose')).tunesmith.status; }
for (let i = 0; i < 100 && !['succeeded', 'failed', 'cancelled', 'budget_exhausted'].includes(status); i++) { await new Promise((t) => setTimeout(t, 1000)); status = (await say('how is it going?')).tunesmith.status; talk = talk.slice(0, -2); }
assert.equal(status, 'succeeded', JSON.stringify(talk.slice(-2)));
assert.match((await say('show the result')).choices[0].message.content, /sealed test \(95 % interval/);
checked('a first chunk within a second, a request that runs to its end, and its result is told with an interval');
assert.match((await say('why trial 1?')).choices[0].message.content, /Trial 1 of run .* was proposed by/);
checked('why trial 1');
const more = await say('double the budget');
assert.notEqual(more.tunesmith.run_id, run); assert.match(more.choices[0].message.content, new RegExp(`goes on from ${run}`));
checked('double the budget makes a child run');
const gone = await say('cancel it');
assert.equal(gone.tunesmith.run_id, more.tunesmith.run_id);
checked('cancel it is about the newest run of the conversation');

const quoted = await client.chat.completions.create({ model: 'tunesmith', messages: user(`> predict species from ${dataset}\n\n"cancel it"`) });
assert.equal(quoted.tunesmith.run_id, null);
checked('quoted text starts nothing');

const held = await client.chat.completions.create({ model: 'tunesmith-plan', messages: user(`predict species from ${dataset} in at most 3 trials`), stream: true });
let plan = ''; for await (const chunk of held) plan += chunk.choices[0]?.delta.content ?? '';
assert.match(plan, /Start\?|asks:/);
checked('tunesmith-plan plans and holds');

const response = await client.responses.create({ model: 'tunesmith', background: true, input: `predict island from ${dataset}, at most 2 trials and 60 seconds, by accuracy`, tunesmith: { start: 'now' } });
assert.match(response.id, /^resp_/); assert.ok(['queued', 'in_progress'].includes(response.status));
const seen = []; for await (const event of await client.responses.retrieve(response.id, { stream: true })) seen.push(event);
assert.deepEqual(seen.map((event) => event.sequence_number), seen.map((_, i) => i)); assert.equal(seen.at(-1).type, 'response.completed');
const again = []; for await (const event of await client.responses.retrieve(response.id, { stream: true, starting_after: 5 })) again.push(event);
assert.deepEqual(again.map((event) => event.sequence_number), seen.slice(6).map((event) => event.sequence_number));
const finished = await client.responses.retrieve(response.id);
assert.equal(finished.status, 'completed'); assert.match(finished.output_text ?? finished.output[0].content[0].text, /is done/);
checked('a response in the background is streamed, taken up by number, and read');
const cut = await client.responses.create({ model: 'tunesmith', background: true, input: `predict sex from ${dataset}, at most 500 trials and 10 minutes, by accuracy`, tunesmith: { start: 'now' } });
await client.responses.cancel(cut.id);
for (let i = 0; i < 60 && (await client.responses.retrieve(cut.id)).status !== 'cancelled'; i++) await new Promise((t) => setTimeout(t, 1000));
assert.equal((await client.responses.retrieve(cut.id)).status, 'cancelled');
checked('a response in the background is cancelled');

const left = await client.chat.completions.create({ model: 'tunesmith', messages: user(`predict island from ${dataset}, 3 trials, then leave`), stream: true });
let kept; for await (const chunk of left) { kept = chunk.choices[0]?.delta.content?.match(/run_[0-9a-z]{26}/)?.[0]; if (kept) { left.controller.abort(); break; } }
await new Promise((t) => setTimeout(t, 2000));
const still = await (await fetch(`${BASE}/api/v1/runs/${kept}`, { headers: { authorization: `Bearer ${KEY}` } })).json();
assert.ok(!['cancelled', 'cancelling'].includes(still.status), still.status);
await fetch(`${BASE}/api/v1/runs/${kept}`, { method: 'DELETE', headers: { authorization: `Bearer ${KEY}` } });
checked('a client that goes away cancels nothing');
process.exitCode = failed ? 1 : 0;
