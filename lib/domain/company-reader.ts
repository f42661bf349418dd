import { parseDomain } from './email';
import { asText, type FieldReader } from './field-reader';

/** A company as a record tells it; `known`: its domain, where the record says none. */
export function readCompany({ read }: FieldReader, known?: string) {
	return {
		name: read('companyName', asText, 'is not text'),
		domain: read('companyDomain', parseDomain, 'is not a domain') ?? known,
		employeeCount: read('employeeCount', wholeNumber, 'is not one whole number'),
		industry: read('industry', asText, 'is not text'),
	};
}

const wholeNumber = (text: string) => {
	const digits = text.replace(/[,.\s](?=\d{3}\b)/g, '');
	return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
};
