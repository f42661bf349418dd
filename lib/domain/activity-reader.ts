import { activityKind, type Activity } from './activity';
import { Touch, type Attribution } from './attribution';
import { fieldName } from './form';
import { parseInstant } from './instant';
import type { SourceActivity, SourceRecord } from './source-record';

export interface ActivityContext {
	/** When the record happened, ISO 8601 UTC; for activities that do not say it. */
	readonly occurredAt: string;
	readonly event: string;
	readonly eventId?: string | undefined;
	/** Of the lead at this event; each activity keeps its campaign. */
	readonly attribution: Attribution;
}

/** What the record says the person did; where it lists nothing, its event may be something itself. */
export function readActivities(record: SourceRecord, context: ActivityContext): Activity[] {
	const campaign = campaignOf(context.attribution);
	return listed(record, context).map(({ kind, name, occurredAt, id, properties }) => {
		const canonical = activityKind(kind);
		const own = name ?? (fieldName(kind) === fieldName(canonical) ? undefined : kind);
		return {
			kind: canonical,
			...(own && { name: own }),
			occurredAt: parseInstant(occurredAt) ?? context.occurredAt,
			...(id && { id }),
			...(campaign && { attribution: campaign }),
			...(properties && Object.keys(properties).length > 0 && { properties }),
		};
	});
}

function listed(
	{ activities = [] }: SourceRecord,
	{ event, eventId }: ActivityContext,
): readonly SourceActivity[] {
	if (activities.length > 0) return activities;
	const kind = activityKind(event);
	return kind === 'other' ? [] : [{ kind, ...(eventId && { id: eventId }) }];
}

const Campaign = Touch.omit({ at: true });

function campaignOf({ latestSource, ...attribution }: Attribution): Touch | undefined {
	const source = latestSource !== undefined && { source: latestSource };
	const campaign = Campaign.parse({ ...attribution, ...source });
	return Object.keys(campaign).length > 0 ? campaign : undefined;
}
