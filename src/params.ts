// Addresses of screens of records: which shapes they have. Whether there is such a list, the server says.
import { defineParams } from '@sveltejs/kit/params';

const LIST = /^(?:records\/[a-z][a-z0-9_.]*|settings\/(?:technical\/)?[a-z-]+)$/;
const RECORD = /^(?:new|[1-9]\d{0,9})$/;

export const params = defineParams({
  records: (text) => (LIST.test(text) ? text : undefined),
  record: (text) => (RECORD.test(text) ? text : undefined),
});
