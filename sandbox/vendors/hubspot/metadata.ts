import type { Rep } from '../../team';
import type { VendorReply, VendorRequest } from '../port';
import { sameText } from '../request';
import { notFound, refused } from './errors';
import { published } from './portal';
import type { ObjectType } from './property';

/** GET …/properties/{objectType}[/{propertyName}] */
export function properties(type: ObjectType, name?: string): VendorReply {
	const all = [...type.properties.values()].map(published);
	if (name === undefined) return { status: 200, body: { results: all } };
	const found = all.find((property) => property.name === name);
	if (!found) return refused(notFound(`Property ${name} does not exist`));
	return { status: 200, body: found };
}

/** GET …/owners?email=&limit=&after= and GET …/owners/{id} */
export function owners(team: readonly Rep[], request: VendorRequest, id: string): VendorReply {
	const all = team.map(owner);
	if (id) {
		const found = all.find((one) => one.id === id);
		return found ? { status: 200, body: found } : refused(notFound());
	}
	const email = request.query.get('email');
	const limit = Math.min(Number(request.query.get('limit') ?? 100), 500);
	const after = Number(request.query.get('after') ?? 0);
	const asked = all.filter((one) => !email || sameText(one.email, email));
	const more = after + limit < asked.length;
	return {
		status: 200,
		body: {
			results: asked.slice(after, after + limit),
			...(more ? { paging: { next: { after: String(after + limit) } } } : {}),
		},
	};
}

function owner(rep: Rep) {
	const [firstName = '', ...rest] = rep.name.split(' ');
	return {
		id: rep.hubspotOwnerId,
		email: rep.email,
		type: 'PERSON',
		firstName,
		lastName: rest.join(' '),
		userId: Number(rep.hubspotOwnerId) + 1,
		createdAt: '2026-01-05T09:00:00.000Z',
		updatedAt: '2026-01-05T09:00:00.000Z',
		archived: false,
		teams: [{ id: '1', name: 'Sales', primary: true }],
	};
}
