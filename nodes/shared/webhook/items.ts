import type { IDataObject } from 'n8n-workflow';
import type { Scheme } from '../../../lib/domain/signature/scheme';
import type { Outcome } from '../../../lib/vendors/verify-delivery';
import { responseTo } from './response';

/** What a judged delivery adds to an item. */
export interface Addition {
	readonly add: IDataObject;
	readonly note: string;
	/** False: the raw bytes of all stay behind, where the delivery becomes several items. */
	readonly binary?: false;
}

/** One item, or one for each event of a verified delivery. */
export function additionsOf(outcome: Outcome, scheme: Scheme, split: boolean): Addition[] {
	const response = responseTo(outcome, scheme);
	const more = {
		...(response && { response }),
		...(outcome.kind === 'verified' && outcome.record !== undefined && { record: outcome.record }),
	};
	if (outcome.kind === 'verified' && split) return eventItems(outcome, scheme, more);
	const verification = { ...outcome.verification, ...more } as unknown as IDataObject;
	return [{ add: { verification }, note: noteOf(outcome, scheme) }];
}

/** Each with its event as the body. */
function eventItems(
	{ events }: Extract<Outcome, { kind: 'verified' }>,
	{ title }: Scheme,
	more: object,
): Addition[] {
	return events.map(({ data, verification }) => ({
		add: {
			verification: { ...verification, ...more } as unknown as IDataObject,
			...(data !== undefined && { body: data as IDataObject }),
		},
		note: `signed by ${title}`,
		...(events.length > 1 && { binary: false as const }),
	}));
}

function noteOf({ kind, verification }: Outcome, { title }: Scheme): string {
	if (kind === 'challenge') return `${title} checks the subscription`;
	return kind === 'verified' ? `signed by ${title}` : (verification.explanation ?? 'refused');
}
