/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * plugin_state.h - the variables of the plugin and of the mock of pppd, which run has put into
 * sections plugin_state and mock_state: for a plugin that is as pppd loads it, again and again.
 */
#ifndef PLUGIN_STATE_H
#define PLUGIN_STATE_H

#include <stdbool.h>

/* Remember them as they are. */
void plugin_state_save(void);
void plugin_state_put_back(void);

/* Is the text anywhere in the plugin's? */
bool plugin_state_has(const char *text);

#endif
