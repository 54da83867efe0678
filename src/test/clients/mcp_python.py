"""The Python package mcp against the service, over HTTP (BASE, KEY, DATASET) or, with LAUNCH, over stdio. Exits non-zero at the first mismatch."""

import asyncio
import json
import os
import time
from contextlib import asynccontextmanager

import httpx2
from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

KEY = os.environ["KEY"]


@asynccontextmanager
async def streams():
    if os.environ.get("LAUNCH"):
        command, *args = json.loads(os.environ["LAUNCH"])
        async with stdio_client(StdioServerParameters(command=command, args=args, env={**os.environ, "TUNESMITH_API_KEY": KEY})) as both:
            yield both[0], both[1]
    else:
        async with httpx2.AsyncClient(headers={"Authorization": "Bearer " + KEY}, timeout=60, trust_env=False) as http:
            async with streamable_http_client(os.environ["BASE"] + "/mcp", http_client=http) as both:
                yield both[0], both[1]


def structured(result):
    assert not (getattr(result, "isError", None) or getattr(result, "is_error", None)), result.content
    return getattr(result, "structured_content", None) or getattr(result, "structuredContent", None)


async def main():
    async with streams() as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        assert len(tools) == 10, [tool.name for tool in tools]
        data = os.environ["DATA"] if os.environ.get("LAUNCH") else os.environ["DATASET"]
        profile = structured(await session.call_tool("profile_dataset", {"data": data, "target": None}))
        assert profile["rows"] > 100 and profile["dataset_id"].startswith("ds_"), profile
        begin = time.monotonic()
        started = structured(await session.call_tool("start_run", {"prompt": "Predict the species. Use accuracy.", "target": "species", "data": profile["dataset_id"], "budget": {"trials": 3, "minutes": 3}}))
        assert time.monotonic() - begin < 2.5, time.monotonic() - begin
        told = []

        async def progress(done, total, message):
            told.append(message)

        # A call that is taken back leaves the run.
        try:
            await asyncio.wait_for(session.call_tool("get_run", {"run_id": started["run_id"], "wait_s": 45}), timeout=0.3)
        except (asyncio.TimeoutError, TimeoutError):
            pass
        run, after = {}, 0
        for _ in range(8):
            run = structured(await session.call_tool("get_run", {"run_id": started["run_id"], "wait_s": 45, "after_seq": after}, progress_callback=progress))
            after = run["last_seq"]
            if run["status"] in ("succeeded", "failed", "cancelled", "budget_exhausted", "waiting_input"):
                break
        assert run["status"] == "succeeded", run
        assert told, "progress is told"
        wrong = await session.call_tool("get_run", {"run_id": "run_nope"})
        assert getattr(wrong, "is_error", None) or getattr(wrong, "isError", None)
        print("run", run["run_id"], run["status"], "progress", len(told))
    print("ok")


asyncio.run(main())
