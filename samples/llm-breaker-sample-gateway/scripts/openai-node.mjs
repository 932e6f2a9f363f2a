// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

import OpenAI from 'openai';
const [, , baseURL, model] = process.argv;
const client = new OpenAI({ baseURL, apiKey: process.env.OPENAI_API_KEY ?? 'caller' });
let words = 0;
try {
  const stream = await client.chat.completions.create({ model, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
  for await (const chunk of stream) words += chunk.choices[0]?.delta?.content ? 1 : 0;
  console.log(`TOOK ${words} words FOR A WHOLE ANSWER`);
  process.exit(1);
}
catch (error) {
  console.log(`reported after ${words} words: ${error.constructor.name}: ${error.message}`);
}
