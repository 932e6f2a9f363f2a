// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Draws timelines one below the other, as an SVG that is readable on light and dark.
 */
final class TimelinePlot {

	private static final int LEFT = 170;

	private static final int WIDTH = 640;

	private static final int LANE = 22;

	private static final int STEP = 28;

	private static final int TOP = 46;

	private static final String STYLE = """
			<style>
			text{font:12px system-ui,sans-serif;fill:#1f2328}
			.title{font-weight:600;font-size:14px}
			.spared{fill:#d1d9e0}.missed{fill:#e3a008}.failed{fill:#d1242f}.answered{fill:#0969da}
			.edge{stroke:#1f2328;stroke-dasharray:3 3;stroke-width:1;fill:none}
			@media(prefers-color-scheme:dark){
			text{fill:#e6edf3}
			.spared{fill:#3d444d}.missed{fill:#d4a72c}.failed{fill:#f85149}.answered{fill:#4493f8}
			.edge{stroke:#e6edf3}
			}
			</style>
			""";

	private final String title;

	private final double from;

	private final double until;

	private final double incidentEnd;

	private final Map<String, Timeline> lanes = new LinkedHashMap<>();

	/**
	 * Creates an empty plot.
	 * @param title what it shows
	 * @param from when it begins, in seconds since the incident began
	 * @param until when it ends
	 * @param incidentEnd when the incident ends
	 */
	TimelinePlot(String title, double from, double until, double incidentEnd) {
		this.title = title;
		this.from = from;
		this.until = until;
		this.incidentEnd = incidentEnd;
	}

	void add(String name, Timeline timeline) {
		this.lanes.put(name, timeline);
	}

	/** Returns the picture. */
	String draw() {
		int height = TOP + STEP * this.lanes.size() + 24;
		StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
				LEFT + WIDTH + 16, height, this.title))
			.append(STYLE);
		svg.append(text(8, 18, "start", " class=\"title\"", this.title));
		legend(svg);
		int y = TOP;
		for (Map.Entry<String, Timeline> lane : this.lanes.entrySet()) {
			svg.append(text(LEFT - 8, y + 15, "end", "", lane.getKey()));
			lane(svg, lane.getValue(), y);
			y += STEP;
		}
		edge(svg, 0, y, "0 s");
		edge(svg, this.incidentEnd, y, (int) this.incidentEnd + " s");
		return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
	}

	private static void legend(StringBuilder svg) {
		String[] names = { "answered", "failed", "missed", "spared" };
		int x = LEFT;
		for (String name : names) {
			svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"28\" width=\"10\" height=\"10\"/>%n",
					name, x));
			svg.append(text(x + 14, 37, "start", "", name));
			x += 90;
		}
	}

	private void lane(StringBuilder svg, Timeline timeline, int y) {
		svg.append(String.format(Locale.ROOT, "<rect class=\"spared\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>%n",
				LEFT, y, WIDTH, LANE));
		area(svg, "missed", timeline.parts(), timeline::madeOrMissed, y);
		area(svg, "failed", timeline.parts(), timeline::made, y);
		area(svg, "answered", timeline.parts(), timeline::answered, y);
	}

	/** Draws what is below a line of steps. */
	private static void area(StringBuilder svg, String type, int parts, IntToDoubleFunction share, int y) {
		int bottom = y + LANE;
		StringBuilder path = new StringBuilder("M" + LEFT + " " + bottom);
		int level = 0;
		for (int part = 0; part < parts; part++) {
			int next = (int) Math.round(LANE * share.applyAsDouble(part));
			if (next != level) {
				path.append("H").append(LEFT + part * WIDTH / parts).append("V").append(bottom - next);
				level = next;
			}
		}
		path.append("H").append(LEFT + WIDTH).append("V").append(bottom).append("Z");
		svg.append(String.format(Locale.ROOT, "<path class=\"%s\" d=\"%s\"/>%n", type, path));
	}

	private void edge(StringBuilder svg, double at, int bottom, String label) {
		int x = (int) Math.round(LEFT + WIDTH * (at - this.from) / (this.until - this.from));
		svg.append(String.format(Locale.ROOT, "<path class=\"edge\" d=\"M%d %dV%d\"/>%n", x, TOP - 4, bottom));
		svg.append(text(x, bottom + 14, "middle", "", label));
	}

	private static String text(int x, int y, String anchor, String more, String text) {
		return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\"%s>%s</text>%n", x, y, anchor,
				more, text);
	}

}
