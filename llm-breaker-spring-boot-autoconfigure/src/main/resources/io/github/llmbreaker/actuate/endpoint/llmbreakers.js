"use strict";
(() => {
	const base = location.pathname.replace(/\/+$/, "");
	const HOUR = 3600000;
	const STATES = [["OPEN", "Open"], ["FORCED_OPEN", "Forced open"], ["HALF_OPEN", "Half-open"], ["DISABLED", "Disabled"], ["CLOSED", "Closed"]];
	const RANK = Object.fromEntries(STATES.map(([state], i) => [state, i]));
	const LABEL = Object.fromEntries(STATES);
	const OUTCOMES = ["succeeded", "neutral", "failed", "rejected"];
	const HEALTH = {
		HEALTHY: "Healthy: no breaker is open",
		DEGRADED: "Degraded: some breakers are open or half-open",
		CRITICAL: "Critical: the breakers of all models are open"
	};
	const ACTIONS = {
		force: { title: "Force open", yes: "Force open", body: () => ({ state: "FORCED_OPEN", duration: find("duration").value || null }),
			text: (name) => "Every call to " + name + " is rejected " + find("duration").selectedOptions[0].textContent + ", whatever state it is in." },
		close: { title: "Close breaker", yes: "Close it", body: () => ({ state: "CLOSED" }),
			text: (name) => "Calls to " + name + " are let through from now on. If it still fails, the breaker opens again." },
		probe: { title: "Probe now", yes: "Probe now", body: () => ({ state: "HALF_OPEN" }),
			text: (name) => "The next calls to " + name + " are its probes: they close or open it." },
		reset: { title: "Reset", yes: "Reset it", body: null,
			text: (name) => name + " is closed, and what it has seen in its window is forgotten." },
		disable: { title: "Disable", yes: "Disable it", body: () => ({ state: "DISABLED" }),
			text: (name) => "Calls to " + name + " are let through whatever happens, until it is changed again." }
	};

	const rows = new Map();
	const hours = new Map();
	const filter = { text: "", provider: "", states: new Set() };
	let breakers = {};
	let fleet = null;
	let order = [];
	let mayWrite = false;
	let clockOffset = 0;
	let since = 0;
	let selected = null;
	let opener = null;
	let firstTime = true;
	let failing = null;

	const find = (id) => document.getElementById(id);
	const make = (tag, className, text) => {
		const element = document.createElement(tag);
		if (className) {
			element.className = className;
		}
		if (text !== undefined) {
			element.textContent = text;
		}
		return element;
	};
	const svg = (tag, className) => {
		const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
		element.setAttribute("class", className);
		return element;
	};
	// names come from outside: they are only ever set as text, never as markup
	const set = (element, property, value) => {
		if (element[property] !== value) {
			element[property] = value;
		}
	};
	const attribute = (element, name, value) => {
		if (element.getAttribute(name) !== value) {
			element.setAttribute(name, value);
		}
	};
	// half a surrogate pair in one name must not keep all others from being shown
	const encode = (part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\uFFFD"));
	const linkTo = (name) => base + "/" + name.split("/").map(encode).join("/");
	const counts = (number) => number.toLocaleString("en");
	const now = () => Date.now() + clockOffset;
	const plural = (number, word) => counts(number) + " " + word + (number === 1 ? "" : "s");
	const time = (iso) => {
		const date = new Date(iso);
		const clock = date.toLocaleTimeString("en-GB");
		return now() - date.getTime() < 20 * HOUR ? clock : date.toLocaleDateString("en-CA") + " " + clock;
	};
	const span = (millis) => {
		const seconds = Math.max(0, millis) / 1000;
		return seconds < 10 ? seconds.toFixed(1) + " s" : seconds < 120 ? Math.round(seconds) + " s"
			: seconds < 7200 ? Math.round(seconds / 60) + " min" : seconds < 172800 ? (seconds / 3600).toFixed(1) + " h"
			: Math.round(seconds / 86400) + " d";
	};
	// ISO durations of the settings, as people write them
	const duration = (iso) => iso.replace(/^PT?/, "").replace(/([DHMS])T?/g, (unit) => ({ D: " d ", H: " h ", M: " min ", S: " s " })[unit[0]]).trim();

	// The last hour, drawn: one path for each colour, so that many rows stay light.

	function chart() {
		const drawing = svg("svg", "hour");
		drawing.setAttribute("viewBox", "0 0 3600 100");
		drawing.setAttribute("preserveAspectRatio", "none");
		drawing.setAttribute("role", "img");
		const paths = new Map();
		OUTCOMES.forEach((outcome) => paths.set(outcome, svg("path", outcome)));
		STATES.forEach(([state]) => paths.set(state, svg("path", "band " + state.toLowerCase())));
		drawing.append(...paths.values());
		return { drawing, paths };
	}

	function draw({ drawing, paths }, hour, state) {
		const end = now();
		const x = (at) => Math.max(0, Math.min(3600, (at - end + HOUR) / 1000));
		const d = new Map([...paths.keys()].map((key) => [key, ""]));
		const spent = {};
		const changes = hour.states.length > 0 ? hour.states : [[0, state]];
		changes.forEach(([at, to], i) => {
			const from = x(at);
			const width = x(i + 1 < changes.length ? changes[i + 1][0] : end) - from;
			if (width > 0) {
				// what was short is still to be seen
				d.set(to, d.get(to) + "M" + from.toFixed(1) + " 88h" + Math.max(width, 8).toFixed(1) + "v12h-" + Math.max(width, 8).toFixed(1) + "z");
				spent[to] = (spent[to] || 0) + width * 1000;
			}
		});
		const sums = { succeeded: 0, neutral: 0, failed: 0, rejected: 0 };
		const buckets = hour.calls.filter((bucket) => bucket[0] + 60000 > end - HOUR);
		const most = Math.max(1, ...buckets.map((bucket) => bucket[1] + bucket[2] + bucket[3] + bucket[4]));
		buckets.forEach(([at, succeeded, failed, neutral, rejected]) => {
			const values = { succeeded, neutral, failed, rejected };
			const left = x(at + 4000);
			const width = x(at + 56000) - left;
			let top = 84;
			OUTCOMES.forEach((outcome) => {
				sums[outcome] += values[outcome];
				// a single failure among thousands of calls is still to be seen
				const height = values[outcome] > 0 && width > 0 ? Math.max(values[outcome] / most * 78, 3) : 0;
				if (height > 0) {
					top -= height;
					d.set(outcome, d.get(outcome) + "M" + left.toFixed(1) + " " + top.toFixed(1) + "h" + width.toFixed(1) + "v" + height.toFixed(1) + "h-" + width.toFixed(1) + "z");
				}
			});
		});
		paths.forEach((path, key) => attribute(path, "d", d.get(key)));
		const total = sums.succeeded + sums.failed + sums.neutral;
		const states = STATES.filter(([key]) => key !== "CLOSED" && spent[key] > 0).map(([key, label]) => label.toLowerCase() + " for " + span(spent[key]));
		attribute(drawing, "aria-label", "Last hour: " + plural(total, "call") + ", " + counts(sums.failed) + " failed, "
			+ counts(sums.rejected) + " rejected; " + (states.length > 0 ? states.join(", ") : "closed all the time"));
	}

	// Rows: made once, changed in place, moved only when their order changes.

	const drawn = new IntersectionObserver((entries) => entries.forEach((entry) => {
		const row = rows.get(entry.target.dataset.name);
		if (row && row.element === entry.target) {
			row.visible = entry.isIntersecting;
			if (row.visible) {
				drawRow(row);
			}
		}
	}), { rootMargin: "300px" });

	function drawRow(row) {
		const breaker = breakers[row.name];
		if (!breaker) {
			return;
		}
		if (!row.chart) {
			row.chart = chart();
			row.place.append(row.chart.drawing);
		}
		draw(row.chart, hours.get(row.name) || { states: [], calls: [] }, breaker.state);
	}

	function newRow(name) {
		const element = make("li", "row");
		element.dataset.name = name;
		const row = { name, element, visible: false };
		const who = make("div");
		row.link = make("a", "link", name);
		row.link.href = "#" + encodeURIComponent(name.replace(/\p{Surrogate}/gu, "\uFFFD"));
		row.cause = make("p", "cause");
		who.append(row.link, row.cause);
		row.place = make("div");
		const how = make("div");
		const line = make("p", "line");
		row.state = make("span", "state");
		row.when = make("span", "when");
		row.instance = make("span", "tag");
		line.append(row.state, row.when, row.instance);
		row.numbers = make("p", "numbers");
		row.spared = make("p", "numbers");
		how.append(line, row.numbers, row.spared);
		element.append(who, row.place, how);
		drawn.observe(element);
		return row;
	}

	function causeOf(breaker) {
		if (breaker.cause) {
			return breaker.cause;
		}
		if (breaker.state === "HALF_OPEN") {
			return "Probing by hand";
		}
		const last = breaker.lastFailure;
		return last ? "Last failure " + span(now() - new Date(last.at).getTime()) + " ago: " + (last.status ? last.status + " " : "") + last.kind : "No failure so far";
	}

	function whenOf(breaker, end) {
		const left = end - performance.now();
		switch (breaker.state) {
			case "OPEN": return left > 0 ? "probes in " + span(left) : "about to probe";
			case "FORCED_OPEN": return end > 0 && left > 0 ? "probes in " + span(left) : breaker.remainingCooldownMillis > 0 ? "about to probe" : "until told otherwise";
			case "HALF_OPEN": return "probing with up to " + plural(breaker.settings.halfOpenCalls, "call");
			case "DISABLED": return "rejects nothing";
			default: return "";
		}
	}

	const nameOf = (instance) => instance === fleet.instance ? "this instance" : "instance " + instance;

	function instanceOf(name, breaker) {
		if (!fleet || !fleet.connected || breaker.state === "CLOSED" || breaker.state === "DISABLED") {
			return "";
		}
		const opener = (fleet.openedBy || {})[name];
		const prober = (fleet.probing || {})[name];
		return prober ? "probed by " + nameOf(prober) : opener ? "opened by " + nameOf(opener) : "";
	}

	function fill(row, breaker) {
		const state = breaker.state.toLowerCase();
		set(row.element, "className", "row " + state);
		set(row.state, "className", "state " + state);
		set(row.state, "textContent", LABEL[breaker.state]);
		set(row.state, "title", "since " + breaker.stateSince);
		set(row.cause, "textContent", causeOf(breaker));
		set(row.link, "title", breaker.scope === "PROVIDER" ? "The provider as a whole" : "");
		row.end = breaker.remainingCooldownMillis > 0 ? performance.now() + breaker.remainingCooldownMillis : 0;
		set(row.when, "textContent", whenOf(breaker, row.end));
		const instance = instanceOf(row.name, breaker);
		set(row.instance, "textContent", instance);
		set(row.instance, "hidden", instance === "");
		const calls = breaker.calls;
		set(row.numbers, "textContent", counts(calls.succeeded) + " ok, " + counts(calls.failed) + " failed, " + counts(calls.rejected) + " rejected");
		const spared = breaker.spared;
		set(row.spared, "textContent", spared && spared.calls > 0 ? "spared " + plural(spared.calls, "call") + (spared.millis > 0 ? " and " + span(spared.millis) + " of waiting" : "") : "");
	}

	function matches(name, breaker) {
		return (filter.provider === "" || breaker.provider === filter.provider)
			&& (filter.states.size === 0 || filter.states.has(breaker.state))
			&& (filter.text === "" || (name + " " + breaker.policy + " " + Object.keys(breaker.failures).join(" ")).toLowerCase().includes(filter.text));
	}

	function applyFilter() {
		let shown = 0;
		order.forEach((name) => {
			const visible = matches(name, breakers[name]);
			set(rows.get(name).element, "hidden", !visible);
			shown += visible ? 1 : 0;
		});
		set(find("shown"), "textContent", order.length === 0 ? "" : shown === order.length ? plural(shown, "breaker")
			: shown === 0 ? "No breaker is like that" : counts(shown) + " of " + plural(order.length, "breaker"));
	}

	function arrange() {
		const list = find("list");
		const focused = list.contains(document.activeElement) ? document.activeElement : null;
		let next = list.firstElementChild;
		order.forEach((name) => {
			const element = rows.get(name).element;
			if (element === next) {
				next = next.nextElementSibling;
			}
			else if (element.isConnected && list.moveBefore) {
				list.moveBefore(element, next);
			}
			else {
				list.insertBefore(element, next);
			}
		});
		if (focused && document.activeElement !== focused && focused.isConnected) {
			focused.focus({ preventScroll: true });
		}
	}

	function show(all) {
		const before = breakers;
		breakers = all.breakers;
		fleet = all.fleet || null;
		const names = Object.keys(breakers);
		const news = [];
		names.forEach((name) => {
			const row = rows.get(name) || newRow(name);
			rows.set(name, row);
			fill(row, breakers[name]);
			const changed = !before[name] || before[name].state !== breakers[name].state;
			if (changed && !firstTime && (before[name] || breakers[name].state !== "CLOSED")) {
				news.push(name + " is " + LABEL[breakers[name].state].toLowerCase());
			}
			if (changed && row.visible) {
				drawRow(row);
			}
		});
		rows.forEach((row, name) => {
			if (!breakers[name]) {
				drawn.unobserve(row.element);
				row.element.remove();
				rows.delete(name);
				hours.delete(name);
			}
		});
		const key = (name) => RANK[breakers[name].state] * 2 + (breakers[name].scope === "PROVIDER" ? 0 : 1);
		order = names.sort((one, other) => key(one) - key(other) || (one < other ? -1 : 1));
		arrange();
		if (news.length > 0) {
			find("news").textContent = news.slice(0, 3).join(". ") + (news.length > 3 ? ". And " + (news.length - 3) + " more changes" : "");
		}
		firstTime = false;
		showFilters(names);
		showFleet();
		showGuarded(all);
		applyFilter();
		set(find("mode"), "hidden", all.mode !== "OBSERVE");
		set(find("mode"), "textContent", all.mode === "OBSERVE" ? "Observe mode: nothing is rejected" : "");
		set(find("health"), "className", "health " + (all.enabled ? all.health.toLowerCase() : ""));
		set(find("health"), "textContent", !all.enabled ? "Off: calls are not guarded"
			: names.length === 0 ? "Healthy: no calls so far" : HEALTH[all.health]);
		set(find("filters"), "hidden", names.length === 0);
		set(find("legend"), "hidden", names.length === 0);
		const worst = order.filter((name) => breakers[name].state === "OPEN" || breakers[name].state === "FORCED_OPEN").length;
		set(document, "title", (worst > 0 ? "(" + worst + ") " : "") + "LLM breakers");
	}

	function showFilters(names) {
		const select = find("provider");
		const providers = [...new Set(names.map((name) => breakers[name].provider))].sort();
		if (select.options.length !== providers.length + 1 || providers.some((provider, i) => select.options[i + 1].value !== provider)) {
			const options = providers.map((provider) => new Option(provider, provider));
			select.replaceChildren(select.options[0], ...options);
			select.value = providers.includes(filter.provider) ? filter.provider : "";
			filter.provider = select.value;
		}
		const chips = find("states");
		STATES.forEach(([state, label]) => {
			let chip = chips.querySelector("[data-state=" + state + "]");
			if (!chip) {
				chip = make("button");
				chip.type = "button";
				chip.dataset.state = state;
				chip.setAttribute("aria-pressed", "false");
				chips.append(chip);
			}
			const count = names.filter((name) => breakers[name].state === state).length;
			set(chip, "textContent", label + " " + counts(count));
			set(chip, "hidden", count === 0 && !filter.states.has(state));
		});
	}

	function textOf(value) {
		return Array.isArray(value) ? value.map(textOf).join(", ") || "none"
			: value !== null && typeof value === "object" ? Object.entries(value).map(([key, part]) => key + ": " + textOf(part)).join(", ")
			: value === true ? "yes" : value === false ? "no" : String(value);
	}

	const wordsOf = (key) => key.replace(/([A-Z])/g, (letter) => " " + letter.toLowerCase()).replace(/^./, (letter) => letter.toUpperCase());

	function showFleet() {
		set(find("fleet"), "hidden", !fleet);
		if (!fleet) {
			return;
		}
		const { connected, since: from, instance, instances, openedBy, probing, ...others } = fleet;
		const all = instances || [];
		const known = (held) => Object.entries(held || {}).slice(0, 10).map(([name, id]) => name + ": " + id)
			.concat(Object.keys(held || {}).length > 10 ? ["and " + counts(Object.keys(held).length - 10) + " more"] : []).join(", ") || "none";
		set(find("fleet"), "className", connected ? "fleet" : "fleet alone");
		showFacts(find("fleet-facts"), [
			["Connected", (connected ? "yes" : "no, this instance goes on alone") + (from ? ", since " + time(from) + " (" + span(now() - new Date(from).getTime()) + ")" : "")],
			["Instances", counts(all.length) + (all.length > 0 ? ": " : "") + all.slice(0, 50).map((id) => id === instance ? id + " (this one)" : id).join(", ") + (all.length > 50 ? ", \u2026" : "")],
			["Opened by", known(openedBy)],
			["Probing", known(probing)]
		].concat(Object.entries(others).map(([key, value]) => [wordsOf(key), textOf(value)])));
	}

	// What is guarded, folded: it changes at a start only, but for the hosts that are not.

	function showGuarded(all) {
		const count = (id, list) => {
			set(find(id + "-fold"), "hidden", !list);
			set(find(id + "-count"), "textContent", list ? counts(list.length) : "");
		};
		count("providers", all.providers);
		count("policies", all.policies);
		count("unrecognised", all.unrecognised && all.unrecognised.length > 0 ? all.unrecognised : null);
		showTable("providers", (all.providers || []).map((provider) => [provider.id, provider.dialect, (provider.baseUrls || []).join(", ")]));
		showTable("policies", (all.policies || []).map((policy) => [policy.name, (policy.patterns || []).join(", ")]));
		const list = find("unrecognised");
		const hosts = all.unrecognised || [];
		while (list.children.length > hosts.length) {
			list.lastElementChild.remove();
		}
		hosts.forEach((host, i) => {
			let item = list.children[i];
			if (!item) {
				item = make("li");
				item.append(make("span"), make("pre"));
				list.append(item);
			}
			set(item.children[0], "textContent", host.host);
			set(item.children[1], "textContent", host.hint.trim());
		});
	}

	function showFacts(list, facts) {
		while (list.children.length > facts.length * 2) {
			list.lastElementChild.remove();
		}
		while (list.children.length < facts.length * 2) {
			list.append(make("dt"), make("dd"));
		}
		facts.forEach(([name, value], i) => {
			set(list.children[2 * i], "textContent", name);
			set(list.children[2 * i + 1], "textContent", value);
		});
	}

	function showTable(id, lines) {
		const body = find(id).tBodies[0];
		find(id).hidden = lines.length === 0;
		find(id + "-none").hidden = lines.length > 0;
		while (body.rows.length > lines.length) {
			body.deleteRow(-1);
		}
		lines.forEach((line, i) => {
			const row = body.rows[i] || body.insertRow();
			line.forEach((text, j) => set(row.cells[j] || row.insertCell(), "textContent", text));
		});
	}

	// The detail view.

	let detailChart = null;
	let detailEnd = 0;

	function showDetail(breaker) {
		const state = breaker.state.toLowerCase();
		set(find("detail-state"), "className", "state " + state);
		set(find("detail-state"), "textContent", LABEL[breaker.state]);
		set(find("detail-since"), "textContent", "since " + time(breaker.stateSince) + " (" + span(now() - new Date(breaker.stateSince).getTime()) + ")");
		set(find("detail-cause"), "textContent", causeOf(breaker));
		detailEnd = breaker.remainingCooldownMillis > 0 ? performance.now() + breaker.remainingCooldownMillis : 0;
		set(find("detail-when"), "textContent", whenOf(breaker, detailEnd));
		const instance = instanceOf(selected, breaker);
		set(find("detail-fleet"), "textContent", instance === "" ? "" : instance[0].toUpperCase() + instance.slice(1));
		if (!detailChart) {
			detailChart = chart();
			find("detail-chart").append(detailChart.drawing);
		}
		if (!breaker.history) {
			draw(detailChart, hours.get(selected) || { states: [], calls: [] }, breaker.state);
		}
		else {
			draw(detailChart, {
				states: breaker.history.states.map((change) => [new Date(change.at).getTime(), change.state]),
				calls: breaker.history.calls.map((bucket) => [new Date(bucket.at).getTime(), bucket.succeeded, bucket.failed, bucket.neutral, bucket.rejected])
			}, breaker.state);
		}
		showTable("why", (breaker.why || []).map((reason) => [time(reason.at), reason.kind || "", reason.status || "",
			reason.retryAfterMillis ? span(reason.retryAfterMillis) : ""].map(String)));
		showTable("events", (breaker.events || []).slice().reverse().map((event) => [time(event.at),
			event.type === "STATE_CHANGED" ? LABEL[event.from] + " \u2192 " + LABEL[event.to] : wordsOf(event.type.toLowerCase().replace(/_/g, " ")),
			event.kind || "", event.status || ""].map(String)));
		showKinds(Object.entries(breaker.failures));
		const calls = breaker.calls;
		const seen = breaker.window;
		showFacts(find("numbers"), [
			["Succeeded", counts(calls.succeeded)], ["Failed", counts(calls.failed)], ["Neutral", counts(calls.neutral)],
			["Rejected", counts(calls.rejected)], ["Late", counts(calls.late)], ["Times opened", counts(breaker.trips)],
			["In its window", counts(seen.failures) + " of " + plural(seen.calls, "call") + " failed (" + seen.failureRate + " %)"],
			["Spared", breaker.spared ? plural(breaker.spared.calls, "call") + ", " + span(breaker.spared.millis) + " of waiting" : "nothing"]
		]);
		showFacts(find("settings"), [["Name", breaker.policy], ["Provider", breaker.provider]]
			.concat(breaker.endpoint ? [["Endpoint", breaker.endpoint]] : [], breaker.model ? [["Model", breaker.model]] : [],
				Object.entries(breaker.settings).map(([key, value]) => [wordsOf(key), typeof value === "string" && /^P/.test(value) ? duration(value) : textOf(value)])));
	}

	function showKinds(kinds) {
		const list = find("kinds");
		const most = Math.max(1, ...kinds.map(([, count]) => count));
		find("kinds-none").hidden = kinds.length > 0;
		while (list.children.length > kinds.length) {
			list.lastElementChild.remove();
		}
		kinds.sort((one, other) => other[1] - one[1]).forEach(([kind, count], i) => {
			let item = list.children[i];
			if (!item) {
				item = make("li");
				item.append(make("span"), make("span"), make("meter"));
				list.append(item);
			}
			set(item.children[0], "textContent", kind);
			set(item.children[1], "textContent", counts(count));
			attribute(item.children[2], "max", String(most));
			attribute(item.children[2], "value", String(count));
			attribute(item.children[2], "aria-label", kind);
		});
	}

	async function refreshDetail() {
		const name = selected;
		if (name === null) {
			return;
		}
		const response = await fetch(linkTo(name), { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" }, cache: "no-store" });
		if (selected !== name) {
			return;
		}
		if (response.status === 404) {
			set(find("detail-cause"), "textContent", "There is no such breaker any more.");
			find("actions").hidden = true;
			return;
		}
		showDetail(await jsonOf(response));
		find("actions").hidden = !mayWrite;
	}

	function select(name) {
		const dialog = find("detail");
		selected = name;
		if (name === null) {
			if (dialog.open) {
				dialog.close();
			}
			return;
		}
		set(find("detail-name"), "textContent", name);
		say("");
		if (breakers[name]) {
			showDetail({ ...breakers[name], history: null });
			// what is only known in full is not to be taken over from another breaker
			["why", "events"].forEach((id) => showTable(id, []));
		}
		find("actions").hidden = !mayWrite || !breakers[name];
		if (!dialog.open) {
			opener = document.activeElement;
			dialog.showModal();
			find("detail-name").focus();
		}
		find("detail-body").scrollTop = 0;
		refreshDetail().catch((ex) => say(ex.message, true));
	}

	function nameInHash() {
		try {
			return location.hash.length > 1 ? decodeURIComponent(location.hash.substring(1)) : null;
		}
		catch (ex) {
			return null;
		}
	}

	// Buttons.

	function say(text, failure) {
		set(find("result"), "className", failure ? "result failure" : "result");
		set(find("result"), "textContent", text);
	}

	async function access() {
		const response = await fetch(base + "?page=access", { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" }, cache: "no-store" });
		mayWrite = (await jsonOf(response)).write;
		const header = response.headers.get("LLM-Breakers-Token-Name");
		return header ? { [header]: response.headers.get("LLM-Breakers-Token") } : {};
	}

	const send = (name, body, token) => fetch(linkTo(name), body === null ? { method: "DELETE", headers: token }
		: { method: "POST", headers: { "Content-Type": "application/json", "X-Requested-With": "XMLHttpRequest", ...token }, body: JSON.stringify(body) });

	async function act(name, action) {
		const body = action.body ? action.body() : null;
		let response = await send(name, body, await access());
		const cookie = document.cookie.match(/(?:^|; *)XSRF-TOKEN=([^;]*)/);
		if (response.status === 403 && cookie) {
			// an application that is set up for scripts wants the cookie as it is
			response = await send(name, body, { "X-XSRF-TOKEN": decodeURIComponent(cookie[1]) });
		}
		if (response.status === 401 || response.status === 403 || response.status === 405) {
			mayWrite = response.status !== 405 && mayWrite;
			throw new Error("Refused with status " + response.status + ": you may not change breakers here");
		}
		if (!response.ok) {
			const text = await response.text();
			let reason = "";
			try {
				reason = JSON.parse(text).detail || "";
			}
			catch (ex) {
				// not ours
			}
			throw new Error("Status " + response.status + (reason ? ": " + reason : ""));
		}
	}

	function ask(name, action) {
		const dialog = find("confirm");
		set(find("confirm-title"), "textContent", action.title + ": " + name);
		set(find("confirm-text"), "textContent", action.text(name));
		set(find("confirm-yes"), "textContent", action.yes);
		find("confirm-yes").onclick = async () => {
			dialog.close();
			say("Sending\u2026");
			try {
				await act(name, action);
				await Promise.all([refreshDetail(), update()]);
				say(action.title + ": done");
			}
			catch (ex) {
				say(ex.message, true);
				find("actions").hidden = !mayWrite;
			}
		};
		dialog.showModal();
		find("confirm-no").focus();
	}

	// Keeping up to date.

	async function jsonOf(response) {
		if (response.status === 401 || response.status === 403 || response.redirected) {
			throw new Error("you are signed out or may not see it; reload the page");
		}
		if (!response.ok) {
			throw new Error("status " + response.status);
		}
		if (!(response.headers.get("Content-Type") || "").includes("json")) {
			throw new Error("no JSON; are you signed out? Reload the page");
		}
		return response.json();
	}

	async function update() {
		const response = await fetch(base, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" }, cache: "no-store" });
		show(await jsonOf(response));
	}

	async function updateHours() {
		const response = await fetch(base + "?page=timelines&since=" + since, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" }, cache: "no-store" });
		const all = await jsonOf(response);
		clockOffset = all.now - Date.now();
		const oldest = all.now - HOUR - all.bucketMillis;
		Object.entries(all.breakers).forEach(([name, hour]) => {
			const known = hours.get(name);
			const calls = new Map((known ? known.calls : []).map((bucket) => [bucket[0], bucket]));
			hour.calls.forEach((bucket) => calls.set(bucket[0], bucket));
			hours.set(name, {
				states: hour.states.map(([at, to]) => [at, all.states[to]]),
				calls: [...calls.values()].filter((bucket) => bucket[0] > oldest)
			});
		});
		since = all.now - all.now % all.bucketMillis - all.bucketMillis;
		rows.forEach((row) => {
			if (row.visible) {
				drawRow(row);
			}
		});
	}

	let hoursAt = -Infinity;
	let timer = 0;

	async function refresh() {
		clearTimeout(timer);
		try {
			await update();
			if (performance.now() - hoursAt >= 15000) {
				hoursAt = performance.now();
				await updateHours();
			}
			await refreshDetail();
			failing = null;
		}
		catch (ex) {
			failing = failing || new Date();
			set(find("health"), "className", "health lost");
			set(find("health"), "textContent", "Not up to date since " + failing.toLocaleTimeString("en-GB") + ": the application does not answer (" + ex.message + ")");
		}
		document.body.classList.toggle("stale", failing !== null);
		clearTimeout(timer);
		// a tab in the background asks for nothing
		timer = document.hidden ? 0 : setTimeout(refresh, order.length > 300 ? 5000 : 2000);
	}

	function tick() {
		rows.forEach((row, name) => {
			if (row.end > 0 && row.visible && breakers[name]) {
				set(row.when, "textContent", whenOf(breakers[name], row.end));
			}
		});
		if (selected !== null && breakers[selected] && detailEnd > 0) {
			set(find("detail-when"), "textContent", whenOf(breakers[selected], detailEnd));
		}
	}

	find("text").addEventListener("input", (event) => {
		filter.text = event.target.value.trim().toLowerCase();
		applyFilter();
	});
	find("provider").addEventListener("change", (event) => {
		filter.provider = event.target.value;
		applyFilter();
	});
	find("states").addEventListener("click", (event) => {
		const chip = event.target.closest("button");
		if (chip) {
			const on = !filter.states.has(chip.dataset.state);
			filter.states[on ? "add" : "delete"](chip.dataset.state);
			chip.setAttribute("aria-pressed", String(on));
			applyFilter();
		}
	});
	find("actions").addEventListener("click", (event) => {
		const button = event.target.closest("button");
		if (button && selected !== null) {
			ask(selected, ACTIONS[button.dataset.action]);
		}
	});
	find("confirm-no").addEventListener("click", () => find("confirm").close());
	find("detail-close").addEventListener("click", () => find("detail").close());
	find("detail").addEventListener("click", (event) => {
		if (event.target === find("detail")) {
			find("detail").close();
		}
	});
	find("detail").addEventListener("close", () => {
		selected = null;
		if (location.hash.length > 1) {
			history.pushState(null, "", location.pathname + location.search);
		}
		if (opener && opener.isConnected) {
			opener.focus({ preventScroll: true });
		}
		opener = null;
	});
	addEventListener("hashchange", () => select(nameInHash()));
	addEventListener("popstate", () => select(nameInHash()));
	document.addEventListener("visibilitychange", () => {
		if (!document.hidden) {
			refresh();
		}
	});
	setInterval(tick, 200);
	access().catch(() => {
		// then there are no buttons
		mayWrite = false;
	}).then(refresh).then(() => select(nameInHash()));
})();
