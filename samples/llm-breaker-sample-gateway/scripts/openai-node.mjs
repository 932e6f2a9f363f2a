import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import OpenAI from 'openai';

const chunk = (delta, end = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: end }] })}\n\n`;
const event = (type, more) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const beginning = { chat: chunk({ role: 'assistant', content: '' }), responses: event('response.created', { response: { id: 'r' } }) };
const word = { chat: chunk({ content: 'word ' }), responses: event('response.output_text.delta', { delta: 'word ' }) };
const end = { chat: chunk({}, 'stop') + 'data: [DONE]\n\n', responses: event('response.completed', { response: { id: 'r' } }) };
const failure = { message: 'Something broke', type: 'server_error', code: 'server_error' };
const error = { chat: `data: ${JSON.stringify({ error: failure })}\n\n`, responses: event('error', { code: failure.code, message: failure.message }) };

// how a stream ends after 40 of its words, by the name of the model
const ends = {
  whole: (answer, api) => answer.end(end[api]),
  cut: (answer) => answer.destroy(),
  unfinished: (answer) => answer.end(),
  error: (answer, api) => answer.end(error[api]),
  malformed: (answer) => answer.end('data: {"choices": [\n\n'),
  silent: () => {},
};

const provider = http.createServer((request, answer) => {
  let body = '';
  request.on('data', (data) => { body += data; });
  request.on('end', () => {
    const api = request.url.endsWith('/responses') ? 'responses' : 'chat';
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
    answer.write(beginning[api]);
    for (let i = 0; i < 40; i++) answer.write(word[api]);
    setTimeout(() => ends[JSON.parse(body).model](answer, api), 200);
  });
});

const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const free = async () => {
  const server = net.createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
};
const reachable = (port) => new Promise((done) => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
  socket.on('error', () => done(false));
});

const read = {
  async chat(client, model) {
    let words = 0;
    const stream = await client.chat.completions.create({ model, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    for await (const next of stream) words += next.choices[0]?.delta?.content ? 1 : 0;
    return words;
  },
  async responses(client, model) {
    let words = 0;
    for await (const next of await client.responses.create({ model, stream: true, input: 'Hi' })) {
      words += next.type === 'response.output_text.delta' ? 1 : 0;
    }
    return words;
  },
};

const upstream = `http://127.0.0.1:${await listening(provider)}/v1`;
const port = await free();
const [command, ...parameters] = process.argv.slice(2);
const gateway = spawn(command, [...parameters, `--server.port=${port}`, '--management.server.port=-1',
  `--gateway.upstream.base-url=${upstream}`, '--llm-breaker.mode=observe', '--llm-breaker.defaults.idle-timeout=2s'], { stdio: 'ignore' });
process.on('exit', () => gateway.kill('SIGKILL'));
const patience = Date.now() + 180_000;
while (!(await reachable(port))) {
  if (Date.now() > patience || gateway.exitCode !== null) throw new Error('The gateway does not start');
  await new Promise((done) => setTimeout(done, 100));
}

const client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'caller', maxRetries: 0 });
let wrong = 0;
for (const api of Object.keys(read)) {
  for (const model of Object.keys(ends)) {
    let seen;
    try {
      seen = `took ${await read[api](client, model)} words for a whole answer`;
      wrong += model === 'whole' ? 0 : 1;
    }
    catch (problem) {
      seen = `reported ${problem.constructor.name}: ${problem.message}`;
      wrong += model === 'whole' ? 1 : 0;
    }
    console.log(`${api.padEnd(9)} ${model.padEnd(10)} ${seen}`);
  }
}
console.log(wrong === 0 ? 'All as it should be' : `${wrong} WRONG`);
process.exit(wrong === 0 ? 0 : 1);
