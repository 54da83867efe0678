// Which clients these are: the tests' claims name them.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import OpenAI from "openai";

const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules");
for (const name of ["openai", "@modelcontextprotocol/sdk", "@modelcontextprotocol/client"]) {
  console.log(name, JSON.parse(readFileSync(join(modules, name, "package.json"))).version);
}
const client = new OpenAI({ baseURL: process.env.BASE + "/v1", apiKey: process.env.KEY, maxRetries: 0 });
console.log("reached", client.baseURL.startsWith("http://127.0.0.1"));
