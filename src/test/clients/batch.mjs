// Files and batches with the real client: upload, batch, poll, content; paging; cancel; refusals as the client's own classes.
import OpenAI, { toFile } from "openai";
import assert from "node:assert/strict";

const client = new OpenAI({ baseURL: process.env.BASE + "/v1", apiKey: process.env.KEY });
const sleep = (millis) => new Promise((done) => setTimeout(done, millis));
const line = (id, words, tunesmith) =>
  JSON.stringify({ custom_id: id, method: "POST", url: "/v1/chat/completions", body: { model: "tunesmith", messages: [{ role: "user", content: words }], tunesmith } });
const upload = async (text) => client.files.create({ file: await toFile(Buffer.from(text), "requests.jsonl"), purpose: "batch", expires_after: { anchor: "created_at", seconds: 3600 } });
const until = async (id, wanted) => {
  for (let i = 0; i < 480; i++) {
    const batch = await client.batches.retrieve(id);
    if (wanted(batch)) return batch;
    await sleep(500);
  }
  throw new Error("the batch does not come to its end: " + JSON.stringify(await client.batches.retrieve(id)));
};
const small = { data: process.env.DATASET, target: "species", budget: { trials: 2, seconds: 300 }, seed: 7 };

const lines = line("first", "Predict the species.", small) + "\n" + line("second", "Predict the species. Use accuracy.", small) + "\n" + line("absent", "Predict the species.", { ...small, data: "ds_" + "0".repeat(26) }) + "\n";
const file = await upload(lines);
assert.match(file.id, /^file-[0-9a-z]{26}$/);
assert.equal(file.expires_at, file.created_at + 3600);
assert.equal((await client.files.retrieve(file.id)).filename, "requests.jsonl");
assert.equal(await (await client.files.content(file.id)).text(), lines);
console.log("upload, retrieve, content");

const others = [await upload("a"), await upload("b"), await upload("c")];
const seen = [];
for await (const one of client.files.list({ purpose: "batch", limit: 2 })) seen.push(one.id);
for (const one of [...others, file]) assert.equal(seen.filter((id) => id === one.id).length, 1, "paging shows each file once");
for (const one of others) assert.equal((await client.files.delete(one.id)).deleted, true);
await assert.rejects(client.files.retrieve(others[0].id), OpenAI.NotFoundError);
console.log("list over pages, delete");

const batch = await client.batches.create({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h", metadata: { who: "test" } });
assert.equal(batch.status, "validating");
const done = await until(batch.id, (b) => ["completed", "failed", "expired", "cancelled"].includes(b.status));
assert.equal(done.status, "completed", JSON.stringify(done));
const wrong = done.error_file_id ? await (await client.files.content(done.error_file_id)).text() : "";
assert.deepEqual(done.request_counts, { total: 3, completed: 2, failed: 1 }, wrong);
const answers = (await (await client.files.content(done.output_file_id)).text()).trim().split("\n").map(JSON.parse);
assert.deepEqual(answers.map((a) => a.custom_id), ["first", "second"]);
for (const answer of answers) {
  assert.equal(answer.response.status_code, 200);
  assert.equal(answer.error, null);
  assert.equal(answer.response.body.object, "chat.completion");
  assert.match(answer.response.body.choices[0].message.content, /is done/);
  assert.ok(answer.response.body.usage.prompt_tokens > 0 && answer.response.body.usage.completion_tokens > 50, JSON.stringify(answer.response.body.usage));
  assert.equal(typeof answer.response.body.tunesmith.result.metric.test, "number");
  assert.match(answer.response.body.tunesmith.run_id, /^run_/);
}
const errors = wrong.trim().split("\n").map(JSON.parse);
assert.deepEqual(errors.map((e) => [e.custom_id, e.response.status_code]), [["absent", 404]]);
console.log("batch: create, poll, output, errors");

const bad = await client.batches.create({ input_file_id: (await upload("{\n" + line("x", "Predict.", small) + "\n")).id, endpoint: "/v1/chat/completions", completion_window: "24h" });
const failed = await until(bad.id, (b) => b.status === "failed");
assert.equal(failed.errors.data[0].line, 1);
console.log("batch: refused by its line");

const long = await client.batches.create({ input_file_id: (await upload(line("long", "Predict the species.", { ...small, start: "now", budget: { trials: 100000, seconds: 3600 } }))).id, endpoint: "/v1/chat/completions", completion_window: "24h" });
await until(long.id, (b) => b.status === "in_progress");
const cancelling = await client.batches.cancel(long.id);
assert.equal(cancelling.status, "cancelling");
const cancelled = await until(long.id, (b) => b.status === "cancelled");
assert.equal(JSON.parse((await (await client.files.content(cancelled.error_file_id)).text()).trim()).error.code, "batch_cancelled");
await assert.rejects(client.batches.cancel(done.id), OpenAI.ConflictError);
const listed = [];
for await (const one of client.batches.list({ limit: 1 })) listed.push(one.id);
for (const one of [batch, bad, long]) assert.ok(listed.includes(one.id));
await assert.rejects(client.batches.create({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "1h" }), (e) => e instanceof OpenAI.BadRequestError && e.param === "completion_window");
await assert.rejects(client.batches.retrieve("batch_unknown"), OpenAI.NotFoundError);
console.log("batch: cancel, list over pages, refusals");
