import type { IDataObject } from 'n8n-workflow';
import type { FieldPath } from '../../lib/domain/enrichment-fields';
import { customHttp } from '../../lib/vendors/enrichment/custom-http';
import type { EnrichmentProvider } from '../../lib/vendors/enrichment/port';
import { amount, fieldPaths, invalid, texts } from './read-value';

/** The provider that a step describes. Throws `CONFIG_INVALID`. */
export function readCustom(row: IDataObject): EnrichmentProvider {
	const name = text(row['name']) || 'Custom API';
	const authentication = text(row['authentication']) || 'none';
	const price = amount(row['creditPrice'], `Price of a Credit of ${name}`) || undefined;
	const foundWhen = text(row['foundWhen']);
	const credits = text(row['creditsPath']);
	const confidence = text(row['confidencePath']);
	const url = text(row['url']);
	if (!url) invalid(`'${name}' has no URL`);
	return customHttp({
		name,
		credential: authentication === 'none' ? '' : authentication,
		method: row['method'] === 'POST' ? 'POST' : 'GET',
		url,
		query: pairsIn(row['query']),
		headers: pairsIn(row['headers']),
		body: bodyIn(row['body']),
		answer: {
			fields: mappingIn(row['mapping']),
			...(foundWhen && { foundWhen }),
			...(credits && { credits }),
			...(confidence && { confidence }),
		},
		notFound: texts(row['notFound'] ?? '404').map(Number),
		pricing: {
			perHit: amount(row['creditsPerHit'], `Credits per Hit of ${name}`) ?? 1,
			...(price !== undefined && { currencyPerCredit: price }),
		},
	});
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** An expression may give an object where the panel asks for JSON. */
const bodyIn = (value: unknown) =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value);

const rowsIn = (value: unknown): readonly IDataObject[] =>
	((value ?? {}) as { readonly values?: readonly IDataObject[] }).values ?? [];

const pairsIn = (value: unknown) =>
	rowsIn(value).map((row) => ({
		name: String(row['name'] ?? ''),
		value: String(row['value'] ?? ''),
	}));

function mappingIn(value: unknown): Partial<Record<FieldPath, string>> {
	const mapping: Partial<Record<FieldPath, string>> = {};
	for (const row of rowsIn(value)) {
		const [path] = fieldPaths([row['field']]);
		if (path) mapping[path] = text(row['value']);
	}
	return mapping;
}
