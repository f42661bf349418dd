import { PipelineError } from '../../domain/errors';
import type { EnrichmentProvider } from './port';

/** The `lookup` of a provider that has `later.instead`: whoever calls it forgot to look. */
export const laterOnly =
	(vendor: string): EnrichmentProvider['lookup'] =>
	async () => {
		throw new PipelineError(
			'CONFIG_INVALID',
			`${vendor} answers minutes later only. Ask it in a step of Enrich Lead, and fetch its answer with Collect Async Result`,
			{ vendor },
		);
	};

/** A job that the vendor does not know, or knows no more. */
export const unknownJob = (vendor: string) =>
	new PipelineError(
		'INVALID_INPUT',
		`${vendor} does not know this job. Use the job ID that the Waterfall Enrich node gave, with the same ${vendor} account`,
		{ vendor },
	);
