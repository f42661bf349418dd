import { latestOf, touch, type Attribution, type Touch } from './attribution';
import { asText, type FieldReader } from './field-reader';
import type { FormFieldId } from './form-fields';

const CAMPAIGN = [
	'utmSource',
	'utmMedium',
	'utmCampaign',
	'utmTerm',
	'utmContent',
	'campaignId',
	'landingPage',
	'referrer',
] as const;

/**
 * Attribution after one event, as far as the event says it. A sender that keeps an original source of
 * its own knows of earlier touches than this one; one that only knows a latest source leaves the first
 * unsaid.
 */
export function readAttribution({ read }: FieldReader, at: string): Attribution {
	const text = (id: FormFieldId) => read(id, asText, 'is not text');
	const said = Object.fromEntries(
		CAMPAIGN.flatMap((id) => {
			const value = text(id);
			return value === undefined ? [] : [[id, value] as const];
		}),
	);
	const { utmSource } = said;
	const [original, latest] = [text('originalSource'), text('latestSource')];
	const known: Attribution = original === undefined ? {} : { originalSource: original };
	const now = (source: string | undefined): Touch => {
		const what = { ...said, ...(source !== undefined && { source }) };
		return Object.keys(what).length > 0 ? { at, ...what } : {};
	};
	const after = touch(touch(known, now(utmSource)), now(latest ?? utmSource));
	const firstUnsaid = original === undefined && utmSource === undefined && latest !== undefined;
	return firstUnsaid ? latestOf(after) : after;
}
