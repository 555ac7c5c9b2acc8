/** The words of the editor and of its parts, the chart's among them: the editor may be all that somebody opens. */
import { addMessages } from '../i18n';
import * as acting from '../i18n/acting';
import * as builder from '../i18n/builder';
import * as nodeForm from '../i18n/nodeForm';
import * as panel from '../i18n/panel';

for (const words of [panel, acting, nodeForm, builder]) {
  addMessages('vi', words.vi);
  addMessages('ja', words.ja);
}
