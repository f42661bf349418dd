import { PipelineError } from '../../lib/domain/errors';
import { checkProperties, type PropertyDefinition } from '../../lib/domain/property-check';
import type { Account } from './account';
import type { LeadRequest } from './request';

/** `FIELD_MISMATCH` with the names of the properties, found before anything was written. */
export class Mismatch extends PipelineError {
	constructor(
		message: string,
		readonly properties: readonly string[],
		vendor: string,
	) {
		super('FIELD_MISMATCH', message, { vendor });
	}
}

/**
 * The requests with the account's stage order, and a `Mismatch` in the place of those that the CRM
 * would refuse. Definitions may be some minutes old; before a lead is refused they are asked again,
 * so that a value added in the CRM a moment ago counts.
 */
export async function checkRequests(
	requests: ReadonlyArray<LeadRequest | Error>,
	account: Account,
): Promise<Array<LeadRequest | Error>> {
	if (!requests.some(needsCheck)) return [...requests];
	const check = (known: readonly PropertyDefinition[]) =>
		requests.map((request) => (needsCheck(request) ? checked(request, known, account) : request));
	const results = check(await account.definitions());
	if (!results.some((result) => result instanceof Mismatch)) return results;
	return check(await account.definitions(true));
}

const needsCheck = (request: LeadRequest | Error): request is LeadRequest =>
	!(request instanceof Error) && request.checkValues && Object.keys(request.additional).length > 0;

function checked(
	request: LeadRequest,
	known: readonly PropertyDefinition[],
	{ vendor }: Account,
): LeadRequest | Mismatch {
	const problems = checkProperties(request.additional, known);
	if (problems.length > 0) {
		const names = problems.map(({ property }) => property);
		return new Mismatch(problems.map(({ message }) => message).join('. '), names, vendor.id);
	}
	const stages = known.find(({ name }) => name === vendor.stageProperty)?.options ?? [];
	if (!vendor.stageProperty || stages.length === 0) return request;
	const order = stages.map(({ value }) => value);
	return {
		...request,
		write: { ...request.write, forwardOnly: { [vendor.stageProperty]: order } },
	};
}
