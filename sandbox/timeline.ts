import type { Journey } from './journey';
import { timelineLines, who, type Line } from './timeline-lines';

export interface TimelineOptions {
	/** When the form was sent, ISO 8601: every stage is shown as so many ms later. */
	readonly formAt: string;
	/** The message that the team got; the chat node leaves nothing in the item. */
	readonly slack?: SlackMessage | undefined;
}

export interface SlackMessage {
	readonly channel: string;
	readonly text: string;
	readonly at?: string;
}

const LABEL_WIDTH = 10;
const CLOCK_WIDTH = 11;

/** A lead's way through the pipeline, one stage a line, for a terminal. */
export function renderTimeline(journey: Journey, options: TimelineOptions): string {
	const told = options.slack ? [slackLine(options.slack)] : [];
	const lines = [...timelineLines(journey), ...told];
	if (lines.length === 0) return `${who(journey)}\n  (no stage of the pipeline has run)`;
	return [who(journey), ...lines.flatMap((line) => print(line, options.formAt))].join('\n');
}

function slackLine({ at, channel, text }: SlackMessage): Line {
	const [first = '', ...more] = text.split('\n');
	return { at, label: 'Slack', text: `${channel}: ${first}`, more };
}

function print({ at, label, text, more = [] }: Line, formAt: string): string[] {
	const elapsed = at === undefined ? NaN : Date.parse(at) - Date.parse(formAt);
	const clock = Number.isNaN(elapsed) ? '' : `+${elapsed} ms`;
	const indent = ' '.repeat(CLOCK_WIDTH + LABEL_WIDTH + 4);
	const first = `${clock.padStart(CLOCK_WIDTH)}  ${label.padEnd(LABEL_WIDTH)}  ${text}`;
	return [first.trimEnd(), ...more.filter(Boolean).map((line) => `${indent}${line}`)];
}
