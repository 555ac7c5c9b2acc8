/** The words of the editor and of its parts, known once they are loaded. */
import { addMessages } from '../i18n';
import * as builder from '../i18n/builder';
import * as nodeForm from '../i18n/nodeForm';

for (const words of [nodeForm, builder]) {
  addMessages('vi', words.vi);
  addMessages('ja', words.ja);
}
