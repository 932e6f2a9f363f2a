// Checks the page of /actuator/llmbreakers in a browser; run by .ci/page.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.PAGE_TOOLS, "node_modules", "none.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDE = { viewport: { width: 1200, height: 800 } };
const NARROW = { viewport: { width: 360, height: 740 } };
const OPEN = "anthropic:claude-sonnet-4-5";
const IDLE = "openrouter:meta-llama/Llama-3.1-8B:free";
const only = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

const freePort = () => new Promise((resolve) => {
	const server = createServer().listen(0, () => {
		const { port } = server.address();
		server.close(() => resolve(port));
	});
});

async function start(type, ...more) {
	const port = await freePort();
	const args = ["-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", process.env.PAGE_CLASSPATH, "io.github.llmbreaker.testing.PageDemo",
		"--spring.main.web-application-type=" + type, "--server.port=" + port, "--spring.main.banner-mode=off", ...more];
	const child = spawn("java", args, { stdio: ["ignore", "pipe", "pipe"] });
	let log = "";
	const listen = (chunk) => { log += chunk; };
	child.stdout.on("data", listen);
	child.stderr.on("data", listen);
	const stop = () => new Promise((resolve) => {
		child.once("exit", resolve);
		child.kill();
	});
	const ports = () => [...log.matchAll(/started on ports? (\d+)/g)].map((match) => Number(match[1]));
	const deadline = Date.now() + 120000;
	while (!/Played the hour/.test(log)) {
		if (child.exitCode !== null || Date.now() > deadline) {
			child.kill();
			throw new Error("The application does not start:\n" + log);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return { port, ports: ports(), stop, log: () => log };
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

async function visit(url, options, user) {
	const context = await browser.newContext({ ...WIDE, ...options, ...(user ? { httpCredentials: { username: user, password: user, send: "always" } } : {}) });
	const page = await context.newPage();
	page.complaints = [];
	page.hosts = new Set();
	page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
	page.on("pageerror", (error) => page.complaints.push(error.message));
	page.on("request", (request) => page.hosts.add(new URL(request.url()).host));
	await page.goto(url);
	await page.locator(".row svg").first().waitFor();
	await page.waitForFunction(() => document.querySelector(".row svg path[d^=M]"));
	return page;
}

async function quiet(page) {
	assert.deepEqual(page.complaints, [], "the browser complains about nothing");
	assert.equal(page.hosts.size, 1, "nothing is asked of anybody else: " + [...page.hosts]);
	await page.context().close();
}

async function accessible(page) {
	await page.evaluate(axe);
	const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
	assert.deepEqual(result.violations.map((violation) => violation.id + ": " + violation.nodes.slice(0, 3).map((node) => node.target + " " + node.failureSummary).join(" | ")), []);
}

const shownNames = (page) => page.locator(".row:not([hidden]) .link").allTextContents();
const stateOf = (page, name) => page.locator(".row", { has: page.getByRole("link", { name, exact: true }) }).locator(".state").textContent();

async function openDetail(page, name) {
	await page.getByRole("link", { name, exact: true }).click();
	await page.locator("#detail[open]").waitFor();
	await page.waitForFunction(() => document.querySelector("#events tbody tr") || !document.querySelector("#events-none").hidden);
}

async function doIt(page, button) {
	await page.locator("#actions").getByRole("button", { name: button }).click();
	const dialog = page.locator("#confirm[open]");
	await dialog.waitFor();
	return dialog;
}

const checks = {

	async "worst first, with its cause and what was spared"(app) {
		const page = await visit(app.url, {}, app.user);
		const states = await page.locator(".row .state").allTextContents();
		const order = ["Open", "Forced open", "Half-open", "Disabled", "Closed"];
		assert.deepEqual(states, [...states].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
		assert.notEqual(states[0], "Closed");
		const row = page.locator(".row", { hasText: OPEN });
		assert.match(await row.locator(".cause").textContent(), /calls got 429 \(RATE_LIMITED\)|probe/);
		assert.match(await row.textContent(), /spared [\d,]+ calls/);
		assert.match(await row.locator("svg").getAttribute("aria-label"), /^Last hour: [\d,]+ calls, \d+ failed, [\d,]+ rejected; .*open for/);
		await quiet(page);
	},

	async "filters by text, provider and state"(app) {
		const page = await visit(app.url, {}, app.user);
		await page.getByLabel("Search").fill("CLAUDE");
		assert.equal((await shownNames(page)).length, 2);
		await page.getByLabel("Search").fill("");
		await page.getByLabel("Provider").selectOption("openai");
		assert.deepEqual((await shownNames(page)).sort(), ["openai", "openai:gpt-4.1", "openai:gpt-4.1-mini", "openai:o3"]);
		await page.getByRole("button", { name: /^Closed/ }).click();
		assert.ok(!(await shownNames(page)).includes("openai:gpt-4.1"));
		await page.getByLabel("Search").fill("nothing like that");
		assert.equal(await page.locator("#shown").textContent(), "No breaker is like that");
		await quiet(page);
	},

	async "details by keyboard, and back to where one was"(app) {
		const page = await visit(app.url, {}, app.user);
		await page.getByRole("link", { name: OPEN, exact: true }).focus();
		await page.keyboard.press("Enter");
		await page.locator("#detail[open]").waitFor();
		assert.equal(await page.evaluate(() => document.activeElement.id), "detail-name");
		await page.locator("#why tbody tr").first().waitFor();
		assert.match(await page.locator("#why tbody").textContent(), /RATE_LIMITED/);
		assert.match(await page.locator("#kinds").textContent(), /RATE_LIMITED/);
		assert.equal(new URL(page.url()).hash, "#" + encodeURIComponent(OPEN));
		await page.keyboard.press("Escape");
		await page.locator("#detail").waitFor({ state: "hidden" });
		assert.equal(await page.evaluate(() => document.activeElement.textContent), OPEN);
		// the browser goes back a little later
		await page.waitForFunction(() => location.hash === "");
		await quiet(page);
	},

	async "shows the fleet once there is one"(app) {
		const page = await visit(app.url, {}, app.user);
		assert.ok(await page.locator("#fleet").isHidden());
		assert.ok(await page.locator(".row .tag").first().isHidden());
		let fleet = { connected: true, since: new Date(Date.now() - 300000).toISOString(), instance: "1f0c9a4e", instances: ["1f0c9a4e", "77d2b0aa"],
			openedBy: { [OPEN]: "77d2b0aa", "anthropic:claude-opus-4-1": "1f0c9a4e" }, probing: {} };
		await page.route(app.url, async (route) => {
			const all = await (await route.fetch()).json();
			await route.fulfill({ json: { ...all, fleet } });
		});
		await page.getByText("1f0c9a4e (this one), 77d2b0aa").waitFor();
		assert.match(await page.locator("#fleet").textContent(), /Connectedyes, since [\d:]+ \(\d+ min\)Instances2: 1f0c9a4e \(this one\), 77d2b0aaOpened by.*claude-sonnet-4-5: 77d2b0aa/);
		const tag = (name) => page.locator(".row", { has: page.getByRole("link", { name, exact: true }) }).locator(".tag");
		assert.equal(await tag(OPEN).textContent(), "opened by instance 77d2b0aa");
		assert.equal(await tag("anthropic:claude-opus-4-1").textContent(), "opened by this instance");
		assert.ok(await tag(IDLE).isHidden());
		await openDetail(page, OPEN);
		assert.equal(await page.locator("#detail-fleet").textContent(), "Opened by instance 77d2b0aa");
		await page.keyboard.press("Escape");
		await accessible(page);
		fleet = { ...fleet, probing: { [OPEN]: "1f0c9a4e" } };
		await page.getByText("probed by this instance").waitFor();
		fleet = { ...fleet, connected: false };
		await page.getByText("no, this instance goes on alone").waitFor();
		assert.ok(await tag(OPEN).isHidden(), "who is alone knows nothing of the others");
		await accessible(page);
		await quiet(page);
	},

	async "says what is guarded and what is not, once it is unfolded"(app) {
		const page = await visit(app.url, { ...NARROW }, app.user);
		assert.ok(await page.locator("#unrecognised-fold").isHidden());
		await page.route(app.url, async (route) => {
			const all = await (await route.fetch()).json();
			await route.fulfill({ json: { ...all, unrecognised: [{ host: "llm.internal:8000<b>", hint: "llm-breaker:\n  providers:\n    my-llm: { base-urls: [http://llm.internal:8000/v1] }\n" }] } });
		});
		await page.getByText("Hosts that are not guarded").waitFor();
		assert.ok(await page.locator("#providers").isHidden());
		for (const title of ["Hosts that are not guarded", "Policies", "Providers"]) {
			await page.locator("summary", { hasText: title }).click();
		}
		assert.match(await page.locator("#unrecognised").textContent(), /llm\.internal:8000<b>llm-breaker:/);
		assert.match(await page.locator("#policies tbody").textContent(), /premiumanthropic:claude-\*/);
		assert.match(await page.locator("#providers tbody").textContent(), /openaiopenaihttps:\/\/api\.openai\.com/);
		assert.equal(await page.locator("#policies-count").textContent(), "1");
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, "nothing is wider than the window");
		await accessible(page);
		await page.waitForResponse((response) => response.url() === app.url);
		assert.ok(await page.locator("#providers").isVisible(), "what is unfolded stays so");
		await quiet(page);
	},

	async "says so when a breaker is gone"(app) {
		const page = await visit(app.url + "#openai%3Agone", {}, app.user);
		await page.getByText("There is no such breaker any more.").waitFor();
		assert.ok(await page.locator("#actions").isHidden());
		page.complaints = page.complaints.filter((text) => !/status of 404/.test(text));
		await quiet(page);
	},

	async "a link leads to the details of one breaker"(app) {
		const page = await visit(app.url + "#" + encodeURIComponent(IDLE), {}, app.user);
		await page.locator("#detail[open]").waitFor();
		assert.equal(await page.locator("#detail-name").textContent(), IDLE);
		await quiet(page);
	},

	async "changes a breaker once that is confirmed"(app) {
		const page = await visit(app.url, {}, app.user);
		await openDetail(page, IDLE);
		await page.getByLabel("For how long").selectOption("PT1H");
		let dialog = await doIt(page, "Force open");
		assert.match(await dialog.textContent(), /rejected for 1 hour/);
		await dialog.getByRole("button", { name: "Cancel" }).click();
		assert.equal(await page.locator("#detail-state").textContent(), "Closed");
		dialog = await doIt(page, "Force open");
		await dialog.getByRole("button", { name: "Force open" }).click();
		await page.getByText("Force open: done").waitFor();
		assert.equal(await page.locator("#detail-state").textContent(), "Forced open");
		assert.match(await page.locator("#detail-when").textContent(), /probes in 60 min/);
		for (const [button, yes, state] of [["Probe now", "Probe now", "Half-open"], ["Disable", "Disable it", "Disabled"], ["Close breaker", "Close it", "Closed"], ["Reset", "Reset it", "Closed"]]) {
			dialog = await doIt(page, button);
			await dialog.getByRole("button", { name: yes }).click();
			await page.getByText(button + ": done").waitFor();
			assert.equal(await page.locator("#detail-state").textContent(), state);
		}
		await quiet(page);
	},

	async "does not move, lose the focus or make anything anew when it refreshes"(app) {
		const page = await visit(app.url, {}, app.user);
		await page.getByRole("link", { name: "openai:gpt-4.1-mini", exact: true }).focus();
		await page.evaluate(() => {
			window.made = 0;
			new MutationObserver((records) => records.forEach((record) => { window.made += record.addedNodes.length; }))
				.observe(document.getElementById("list"), { childList: true });
			window.before = [...document.querySelectorAll(".row")].length;
		});
		for (let i = 0; i < 2; i++) {
			await page.waitForResponse((response) => response.url() === app.url);
		}
		assert.equal(await page.evaluate(() => document.activeElement.textContent), "openai:gpt-4.1-mini");
		assert.ok(await page.evaluate(() => window.made) < 6);
		await quiet(page);
	},

	async "says so when the application is gone, and comes back"(app) {
		const page = await visit(app.url, {}, app.user);
		await page.context().setOffline(true);
		await page.getByText(/^Not up to date since/).waitFor();
		assert.ok((await shownNames(page)).length > 5);
		await page.context().setOffline(false);
		await page.getByText(/^Degraded/).waitFor();
		page.complaints = page.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text));
		await quiet(page);
	},

	async "can be used by everybody, in light and dark, wide and narrow"(app) {
		for (const colorScheme of ["light", "dark"]) {
			for (const size of [WIDE, NARROW]) {
				const page = await visit(app.url, { ...size, colorScheme }, app.user);
				await accessible(page);
				const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
				assert.ok(await overflow() <= 0, "nothing is wider than the window");
				await openDetail(page, OPEN);
				await accessible(page);
				assert.ok(await page.evaluate(() => document.getElementById("detail-body").scrollWidth <= innerWidth));
				await quiet(page);
			}
		}
	}

};

async function readOnly(app, user) {
	const page = await visit(app.url, {}, user);
	await openDetail(page, OPEN);
	assert.equal(await page.locator("#actions").isHidden(), true, "no buttons for who may only look");
	await quiet(page);
}

async function refused(app) {
	const page = await visit(app.url, {}, "viewer");
	await openDetail(page, IDLE);
	const dialog = await doIt(page, "Disable");
	await dialog.getByRole("button", { name: "Disable it" }).click();
	await page.getByText("Refused with status 403").waitFor();
	assert.equal(await page.locator("#detail-state").textContent(), "Closed");
	await page.context().close();
}

async function thousand(app) {
	const page = await visit(app.url, {});
	const names = await page.locator(".row").count();
	assert.ok(names > 1000);
	const drawn = await page.evaluate(() => document.querySelectorAll("svg.hour").length);
	assert.ok(drawn < 60, "only what is seen is drawn: " + drawn);
	await page.evaluate(() => {
		window.longest = 0;
		new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.longest = Math.max(window.longest, entry.duration); }))
			.observe({ type: "longtask" });
	});
	for (let i = 0; i < 20; i++) {
		await page.mouse.wheel(0, 2500);
		await page.waitForTimeout(50);
	}
	await page.waitForResponse((response) => response.url() === app.url);
	await page.getByLabel("Search").pressSequentially("vendor-7");
	await page.waitForResponse((response) => response.url() === app.url);
	const longest = await page.evaluate(() => window.longest);
	console.log("  longest task with " + names + " breakers: " + Math.round(longest) + " ms");
	assert.ok(longest < 1000, "no long pause");
	assert.ok((await shownNames(page)).every((name) => name.startsWith("vendor-7")));
	await quiet(page);
}

async function picture(app, name, options, prepare) {
	const page = await visit(app.url, { ...options, reducedMotion: "reduce" });
	await prepare(page);
	await page.screenshot({ path: path.join(process.env.PAGE_IMAGES, name + ".png") });
	await page.context().close();
}

async function pictures(app) {
	mkdirSync(process.env.PAGE_IMAGES, { recursive: true });
	const nothing = async () => {};
	const detail = (page) => openDetail(page, OPEN);
	const size = { viewport: { width: 1180, height: 700 } };
	await picture(app, "page-light", { ...size, colorScheme: "light" }, nothing);
	await picture(app, "page-dark", { ...size, colorScheme: "dark" }, nothing);
	await picture(app, "page-narrow", { ...NARROW, colorScheme: "light" }, nothing);
	await picture(app, "page-detail", { viewport: { width: 1180, height: 760 }, colorScheme: "light" }, detail);
}

let failed = 0;

async function check(name, run) {
	if (only.length > 0 && !only.some((part) => name.includes(part))) {
		return;
	}
	try {
		await run();
		console.log("ok      " + name);
	}
	catch (ex) {
		failed++;
		console.log("FAILED  " + name + "\n" + ex.stack);
	}
}

async function onApplication(title, type, settings, run) {
	const app = await start(type, ...settings);
	try {
		await run(app, (name, body) => check(title + ": " + name, body));
	}
	finally {
		await app.stop();
	}
}

await onApplication("plain MVC", "servlet", [], async (app, check) => {
	app.url = `http://localhost:${app.port}/actuator/llmbreakers`;
	if (process.argv.includes("--screenshots")) {
		await pictures(app);
	}
	for (const [name, run] of Object.entries(checks)) {
		await check(name, () => run(app));
	}
});

const secured = {
	"secured MVC": ["servlet", "--server.servlet.context-path=/app"],
	"secured WebFlux": ["reactive", "--spring.webflux.base-path=/app"]
};
for (const [title, [type, contextPath]] of Object.entries(secured)) {
	await onApplication(title, type, ["--demo.security=true", contextPath, "--management.endpoints.web.path-mapping.llmbreakers=ops/breakers"], async (app, check) => {
		app.url = `http://localhost:${app.port}/app/actuator/ops/breakers`;
		app.user = "admin";
		await check("worst first", () => checks["worst first, with its cause and what was spared"](app));
		await check("changes a breaker once that is confirmed", () => checks["changes a breaker once that is confirmed"](app));
		await check("who may only look", () => type === "servlet" ? readOnly(app, "viewer") : refused(app));
	});
}

for (const type of ["servlet", "reactive"]) {
	const management = await freePort();
	await onApplication("management port, " + type, type, ["--demo.security=true", "--management.server.port=" + management, "--management.server.base-path=/mgmt",
		"--spring.autoconfigure.exclude=" + (type === "reactive" ? "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration" : "")], async (app, check) => {
		app.url = `http://localhost:${management}/mgmt/actuator/llmbreakers`;
		app.user = "admin";
		await check("changes a breaker once that is confirmed", () => checks["changes a breaker once that is confirmed"](app));
	});
}

await onApplication("read-only", "servlet", ["--management.endpoint.llmbreakers.access=read-only"], async (app, check) => {
	app.url = `http://localhost:${app.port}/actuator/llmbreakers`;
	await check("no buttons", () => readOnly(app));
});

await onApplication("a thousand breakers", "servlet", ["--demo.breakers=1000"], async (app, check) => {
	app.url = `http://localhost:${app.port}/actuator/llmbreakers`;
	await check("no pauses", () => thousand(app));
});

await browser.close();
console.log(failed === 0 ? "All checks of the page passed." : failed + " checks of the page failed.");
process.exit(failed === 0 ? 0 : 1);
