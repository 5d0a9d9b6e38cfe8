// What exists, written down: every model, in an order that only ever grows at its end.
import { access } from './access/access.model.ts';
import { externalId } from './access/external-id.model.ts';
import { groupCategory } from './access/category.model.ts';
import { group } from './access/group.model.ts';
import { modelField } from './access/model-field.model.ts';
import { modelModel } from './access/model.model.ts';
import { rule } from './access/rule.model.ts';
import { apiKey } from './api-keys/key.model.ts';
import { company } from './companies/company.model.ts';
import { currency } from './companies/currency.model.ts';
import { language } from './languages/language.model.ts';
import { link } from './links/link.model.ts';
import { action } from './menus/action.model.ts';
import { mail } from './mail/mail.model.ts';
import { mailServer } from './mail/server.model.ts';
import { menu } from './menus/menu.model.ts';
import type { ModelDeclaration } from './models/define.ts';
import { partnerCategory } from './partners/category.model.ts';
import { country } from './partners/country.model.ts';
import { countryState } from './partners/state.model.ts';
import { partner } from './partners/partner.model.ts';
import { device } from './sign-in/device.model.ts';
import { userLog } from './users/log.model.ts';
import { parameter } from './tenants/parameter.model.ts';
import { user } from './users/user.model.ts';

export const models: readonly ModelDeclaration[] = [
  partner,
  partnerCategory,
  country,
  countryState,
  company,
  currency,
  language,
  user,
  userLog,
  device,
  group,
  groupCategory,
  access,
  rule,
  modelModel,
  modelField,
  menu,
  action,
  parameter,
  externalId,
  apiKey,
  mailServer,
  mail,
  link,
];
