import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { ErrorCode, PipelineError } from '../../../domain/errors';
import { readAnswer } from '../../../runtime/answer';
import type { Http, HttpResponse } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import type { Lookup } from '../port';
import { unanswered, type Matched } from './match';
import { placed } from './place';

const BASE = 'https://api.zoominfo.com';
const VENDOR = 'zoominfoLegacy';

const Refusal = z.object({ error: loose.text, message: loose.text });

/** Refusals have a sentence and no code. */
function refusal({ status, body }: HttpResponse): ErrorCode | undefined {
	if (status !== 400 && status !== 403) return undefined;
	const { error, message } = Refusal.safeParse(body).data ?? {};
	const said = `${error} ${message}`;
	if (/(credit|record|usage|request) limit|limit exceeded|out of credits/i.test(said)) {
		return 'QUOTA_EXHAUSTED';
	}
	return /not (allowed|authorized|entitled)|disallowed/i.test(said) ? 'SCOPE_DENIED' : undefined;
}

export interface LegacyQuestion {
	/** `contact` or `company`: https://api.zoominfo.com/enrich/contact */
	readonly kind: 'contact' | 'company';
	readonly inputs: ReadonlyArray<Readonly<Record<string, string | undefined>>>;
	readonly outputFields: readonly string[];
}

/** One answer for each record, in their order. https://api-docs.zoominfo.com/#enrich */
export async function enrichLegacy<Known>(
	http: Http,
	{ kind, inputs, outputFields }: LegacyQuestion,
	read: { readonly known: z.ZodType<Known>; of(matched: Matched<Known>): Lookup | PipelineError },
): Promise<ReadonlyArray<Lookup | PipelineError>> {
	const response = await http.send({
		method: 'POST',
		url: `${BASE}/enrich/${kind}`,
		body: { [kind === 'contact' ? 'matchPersonInput' : 'matchCompanyInput']: inputs, outputFields },
		idempotent: true,
		codeOf: refusal,
	});
	const Answer = z.object({
		data: z.object({
			result: z.array(
				z.object({
					matchStatus: loose.text,
					input: z.record(z.string(), z.unknown()).nullish().catch(undefined),
					data: z.array(read.known).nullish().catch(undefined),
				}),
			),
		}),
	});
	const { result } = readAnswer(Answer, response, VENDOR).data;
	const version = apiVersion(response);
	return placed(result, inputs, ({ input }) => input).map((record) => {
		if (!record) return unanswered(VENDOR);
		const matched = { status: record.matchStatus, known: record.data?.[0], vendor: VENDOR };
		const answer = read.of(matched);
		return 'kind' in answer ? { ...answer, ...version } : answer;
	});
}
