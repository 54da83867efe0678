"""The real openai client in Python against the live service."""
import os

import openai

client = openai.OpenAI(base_url=os.environ["BASE"] + "/v1", api_key=os.environ["KEY"])


def check(fact, what):
    if not fact:
        raise SystemExit("not so: " + what)
    print("ok", what)


check([m.id for m in client.models.list().data] == ["tunesmith", "tunesmith-plan", "tunesmith-ask"], "models")
answer = client.chat.completions.create(model="tunesmith", messages=[{"role": "user", "content": "hello"}])
check("find a model" in answer.choices[0].message.content and answer.usage.total_tokens > 0, "a whole answer with its tokens")
chunks = list(client.chat.completions.create(model="tunesmith", messages=[{"role": "user", "content": "hello"}], stream=True, stream_options={"include_usage": True}))
check(chunks[0].choices[0].delta.role == "assistant" and chunks[-1].usage.total_tokens > 0 and chunks[-1].choices == [], "a stream with its usage at the end")
try:
    client.chat.completions.create(model="gpt-9", messages=[{"role": "user", "content": "hello"}])
    check(False, "an unknown model is refused")
except openai.NotFoundError as e:
    check(e.code == "model_not_found", "an unknown model is refused")
try:
    list(client.chat.completions.create(model="tunesmith", messages=[{"role": "user", "content": "x"}], stream=True, extra_body={"tunesmith": {"data": "ds_" + "0" * 26}}))
    check(False, "a late error is raised")
except openai.APIError as e:
    check(e.code == "not_found", "a late error is raised")
response = client.responses.create(model="tunesmith", input="hello")
check("find a model" in response.output_text and response.status == "completed", "a response")
check(client.responses.retrieve(response.id).output_text == response.output_text, "a response is read again")
events = list(client.responses.create(model="tunesmith", input="hello", stream=True))
check([e.sequence_number for e in events] == list(range(len(events))) and events[-1].type == "response.completed", "a response as a stream")
