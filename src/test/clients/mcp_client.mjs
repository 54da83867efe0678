// @modelcontextprotocol/client against the service: by default and with auto it comes to 2025-11-25; pinned to 2026-07-28 it says that this is not spoken.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import assert from 'node:assert/strict';

const { BASE, KEY } = process.env;
const transport = () => new StreamableHTTPClientTransport(new URL(BASE + '/mcp'), { requestInit: { headers: { Authorization: 'Bearer ' + KEY } } });

for (const [name, options] of [['default', {}], ['auto', { versionNegotiation: { mode: 'auto' } }]]) {
  const client = new Client({ name: 'client-test', version: '1' }, { capabilities: {}, ...options });
  const line = transport();
  await client.connect(line);
  const tools = (await client.listTools()).tools;
  assert.equal(tools.length, 10);
  const result = await client.callTool({ name: 'list_runs', arguments: { limit: 1 } });
  assert.ok(!result.isError && Array.isArray(result.structuredContent.runs));
  console.log(name, line.protocolVersion ?? client.getNegotiatedProtocolVersion?.());
  await client.close();
}

const pinned = new Client({ name: 'client-test', version: '1' }, { capabilities: {}, versionNegotiation: { mode: { pin: '2026-07-28' } } });
await assert.rejects(pinned.connect(transport()));
console.log('pin 2026-07-28 refused');
console.log('ok');
