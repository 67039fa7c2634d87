// The calls of libedit that take any number of arguments, each with the arguments that Tripod gives it.
// The rest of its native interface is called as it is.
#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <histedit.h>
#include <stdbool.h>
#include <sys/signalfd.h>

/// Hands the owner back to every function that libedit calls.
void el_set_owner(EditLine *editor, void *owner);
void *el_owner(EditLine *editor);

typedef wchar_t *(*el_prompt_function)(EditLine *editor);
typedef unsigned char (*el_key_function)(EditLine *editor, wint_t key);

/// What stands between two of the escape characters is sent to the terminal and takes no room.
void el_set_prompt(EditLine *editor, el_prompt_function prompt, wchar_t escape);
void el_set_reader(EditLine *editor, el_rfunc_t reader);
void el_set_history(EditLine *editor, HistoryW *history);

/// Names a function, so that keys can be bound to it.
void el_add_function(EditLine *editor, const wchar_t *name, el_key_function function);
/// Where vi's keys are used, for its insert mode, or for its command mode.
void el_bind_key(EditLine *editor, const wchar_t *key, const wchar_t *name, bool inCommandMode);

void el_use_emacs_keys(EditLine *editor);
bool el_uses_vi_keys(EditLine *editor);
/// Whether the user wants lines to be edited at all.
bool el_edits(EditLine *editor);

/// Takes the terminal over for editing, or gives it back.
void el_prepare_terminal(EditLine *editor, bool isForEditing);
/// Shows the prompt and the line again, from the first column of the line that the cursor is in.
void el_redraw(EditLine *editor);

/// Keeps so many lines, and of equal ones in a row only one.
void history_keep(HistoryW *history, int count);
void history_add(HistoryW *history, const wchar_t *line);

/// Whether a cursor can be moved on a terminal of that name.
bool terminal_moves(const char *name);
/// Remembers how the terminal on standard input is set; it may be told to put marks around what is pasted.
void terminal_keep(bool marksPasted);
/// The same again, after it was restored; nothing where it was never kept.
void terminal_keep_again(void);
/// Sets it as it was. Can be called at any moment, also where nothing was kept, and where the program has failed.
void terminal_restore(void);

#endif
