import { DateTime } from 'luxon';
import type { Journey } from './journey';

/** One stage of a lead's way, as a person reads it. */
export interface Line {
	/** When the stage was over, ISO 8601; undefined when the trace does not tell. */
	readonly at?: string | undefined;
	readonly label: string;
	readonly text: string;
	readonly more?: readonly string[];
}

/** The stages that the lead has passed, in the pipeline's order. */
export function timelineLines(journey: Journey): Line[] {
	const stages = [verified, known, enriched, scored, routed, written, booked];
	return stages.map((stage) => stage(journey)).filter((line) => line !== undefined);
}

export function who({ lead }: Journey): string {
	const { person, identity, company } = lead ?? {};
	const name = person?.fullName ?? join([person?.firstName, person?.lastName], ' ');
	return join([name, person?.title, company?.name, identity?.email]) || 'Unknown lead';
}

function verified(journey: Journey): Line | undefined {
	const { verification: found } = journey;
	if (!found) return undefined;
	const at = stageAt(journey, ['verif', 'webhook']);
	if (found.ok === false) return { at, label: 'Rejected', text: found.reason ?? 'unsigned' };
	const age = found.ageMs === undefined ? undefined : `${Math.round(found.ageMs)} ms old`;
	const event = found.eventId && `event ${found.eventId}`;
	return { at, label: 'Verified', text: join([found.scheme, event, age]) };
}

function known(journey: Journey): Line | undefined {
	const { dedupe: found } = journey;
	if (!found) return undefined;
	const label = sentence(found.outcome === 'completed' ? 'new' : (found.outcome ?? 'checked'));
	return { at: stageAt(journey, ['dedup', 'claim']), label, text: found.key ?? '' };
}

function enriched(journey: Journey): Line | undefined {
	const { enrichment: found } = journey;
	if (!found) return undefined;
	const fields = Object.entries(found.filled ?? {});
	const providers = [...new Set(fields.map(([, { provider }]) => provider ?? 'unknown'))];
	const by = providers.map((provider) => {
		const paths = fields.filter(([, from]) => (from.provider ?? 'unknown') === provider);
		return `${provider}: ${paths.map(([path]) => path).join(', ')}`;
	});
	const tried = (found.steps ?? []).map(({ provider, outcome, durationMs }) =>
		join([`${provider ?? 'unknown'} ${outcome ?? ''}`.trim(), duration(durationMs)], ' '),
	);
	const missing = found.missing?.length ? `still missing: ${found.missing.join(', ')}` : undefined;
	const more = [...by, ...(missing ? [missing] : [])];
	const at = stageAt(journey, ['enrich']);
	return { at, label: sentence(found.status ?? 'enriched'), text: join(tried, ' → '), more };
}

function scored(journey: Journey): Line | undefined {
	const { score: found } = journey;
	if (!found) return undefined;
	const rules = (found.rules ?? []).filter((rule) => rule.matched && rule.awarded !== 0);
	const why = rules.map(({ name, awarded, points }) => `${name} ${signed(awarded ?? points ?? 0)}`);
	const bar = found.threshold === undefined ? undefined : `threshold ${found.threshold}`;
	const label = `Score ${found.value ?? '?'}`;
	return { at: stageAt(journey, ['scor']), label, text: join([found.band, bar]), more: why };
}

function routed(journey: Journey): Line | undefined {
	const { route: found } = journey;
	if (!found) return undefined;
	const pool = found.pool && `pool ${found.pool}`;
	const due =
		found.sla?.minutes === undefined ? undefined : `answer within ${found.sla.minutes} min`;
	const name = found.owner?.name ?? found.owner?.email ?? 'nobody';
	const text = join([name, pool, due]);
	const more = found.reason ? [found.reason] : [];
	const label = sentence(found.outcome ?? 'routed');
	return { at: stageAt(journey, ['rout', 'assign']), label, text, more };
}

function written(journey: Journey): Line | undefined {
	const { crm: found } = journey;
	if (!found) return undefined;
	const record = join([found.system, 'record', found.recordId, found.operation], ' ');
	const task = found.task?.taskId && join(['task', found.task.taskId, found.task.operation], ' ');
	return { at: stageAt(journey, ['crm', 'upsert']), label: 'CRM', text: join([record, task]) };
}

function booked(journey: Journey): Line | undefined {
	const { meeting: found } = journey;
	if (!found) return undefined;
	const label = sentence(found.outcome ?? 'meeting');
	const at = stageAt(journey, ['meeting', 'sched', 'book']);
	const owner =
		wallClock(found.startAt, found.owner) && `owner: ${wallClock(found.startAt, found.owner)}`;
	const lead =
		wallClock(found.startAt, found.lead) && `lead:  ${wallClock(found.startAt, found.lead)}`;
	const more = [owner, lead, found.joinUrl].filter((line) => line !== undefined);
	const repeat = found.repeated ? 'the same meeting as before' : undefined;
	return { at, label, text: join([found.provider, repeat]), more };
}

function stageAt({ trace }: Journey, names: readonly string[]): string | undefined {
	const fits = (stage: string) => names.some((name) => stage.toLowerCase().includes(name));
	return trace?.stages?.findLast(({ stage }) => fits(stage))?.at;
}

function wallClock(
	startAt: string | undefined,
	place: { timezone?: string | undefined; local?: string | undefined } | undefined,
): string | undefined {
	if (!place) return undefined;
	const at = DateTime.fromISO(startAt ?? '', { zone: place.timezone ?? 'invalid' });
	const clock = at.isValid ? at.setLocale('en').toFormat('ccc d LLL yyyy HH:mm') : place.local;
	return clock && join([clock, place.timezone], ' ');
}

function join(parts: readonly (string | undefined)[], separator = ', '): string {
	return parts.filter(Boolean).join(separator);
}

function duration(ms: number | undefined): string | undefined {
	return ms === undefined ? undefined : `(${Math.round(ms)} ms)`;
}

function signed(points: number): string {
	return points < 0 ? String(points) : `+${points}`;
}

function sentence(word: string): string {
	const spaced = word.replaceAll('_', ' ');
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
