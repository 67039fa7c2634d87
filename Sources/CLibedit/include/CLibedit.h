// Calls of libedit with variable arguments, which Swift cannot make, each with the arguments that Tripod
// needs. Swift calls the other functions of libedit directly.
#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <histedit.h>
#include <stdbool.h>
#include <sys/signalfd.h>

/// Stores an object that functions called by libedit can get with `el_owner`.
void el_set_owner(EditLine *editor, void *owner);
void *el_owner(EditLine *editor);

typedef wchar_t *(*el_prompt_function)(EditLine *editor);
typedef unsigned char (*el_key_function)(EditLine *editor, wint_t key);

/// Sets the prompt. Text between two escape characters is sent to the terminal, but its width is ignored.
void el_set_prompt(EditLine *editor, el_prompt_function prompt, wchar_t escape);
void el_set_reader(EditLine *editor, el_rfunc_t reader);
void el_set_history(EditLine *editor, HistoryW *history);

/// Names a function, so that keys can be bound to it.
void el_add_function(EditLine *editor, const wchar_t *name, el_key_function function);
/// Binds a key to a function. With vi's keys, the binding is for the insert mode or the command mode.
void el_bind_key(EditLine *editor, const wchar_t *key, const wchar_t *name, bool inCommandMode);

void el_use_emacs_keys(EditLine *editor);
bool el_uses_vi_keys(EditLine *editor);
/// Whether the user's settings allow editing.
bool el_edits(EditLine *editor);

/// Switches the terminal to the settings for editing, or restores its earlier settings.
void el_prepare_terminal(EditLine *editor, bool isForEditing);
/// Shows the prompt and the edited line again, starting in the first column of the cursor's row.
void el_redraw(EditLine *editor);

/// Limits the number of lines in the history. A line that equals the previous one is not stored.
void history_keep(HistoryW *history, int count);
void history_add(HistoryW *history, const wchar_t *line);

/// Whether a terminal of that name can move its cursor.
bool terminal_moves(const char *name);
/// Saves the settings of the terminal on standard input, and can make it mark pasted text.
void terminal_keep(bool marksPasted);
/// Saves the settings again after `terminal_restore`, if they were saved before.
void terminal_keep_again(void);
/// Restores the saved settings, if any. It can be called at any moment, even in a signal handler.
void terminal_restore(void);

#endif
