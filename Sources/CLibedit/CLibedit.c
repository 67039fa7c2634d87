#include "CLibedit.h"

#include <curses.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

void el_set_owner(EditLine *editor, void *owner) { el_wset(editor, EL_CLIENTDATA, owner); }

void *el_owner(EditLine *editor) {
  void *owner = NULL;
  el_wget(editor, EL_CLIENTDATA, &owner);
  return owner;
}

void el_set_prompt(EditLine *editor, el_prompt_function prompt, wchar_t escape) {
  el_wset(editor, EL_PROMPT_ESC, prompt, escape);
}

void el_set_reader(EditLine *editor, el_rfunc_t reader) { el_wset(editor, EL_GETCFN, reader); }

void el_set_history(EditLine *editor, HistoryW *history) { el_wset(editor, EL_HIST, history_w, history); }

void el_add_function(EditLine *editor, const wchar_t *name, el_key_function function) {
  // libedit does not copy the name.
  const wchar_t *kept_name = wcsdup(name);
  if (kept_name != NULL) el_wset(editor, EL_ADDFN, kept_name, kept_name, function);
}

void el_bind_key(EditLine *editor, const wchar_t *key, const wchar_t *name, bool inCommandMode) {
  if (inCommandMode) {
    el_wset(editor, EL_BIND, L"-a", key, name, NULL);
  } else {
    el_wset(editor, EL_BIND, key, name, NULL);
  }
}

void el_use_emacs_keys(EditLine *editor) { el_wset(editor, EL_EDITOR, L"emacs"); }

bool el_uses_vi_keys(EditLine *editor) {
  const wchar_t *mode = L"";
  return el_wget(editor, EL_EDITOR, &mode) == 0 && wcscmp(mode, L"vi") == 0;
}

bool el_edits(EditLine *editor) {
  int mode = 1;
  return el_wget(editor, EL_EDITMODE, &mode) != 0 || mode != 0;
}

void el_prepare_terminal(EditLine *editor, bool isForEditing) {
  el_wset(editor, EL_PREP_TERM, (int)isForEditing);
}

void el_redraw(EditLine *editor) { el_wset(editor, EL_REFRESH); }

void history_keep(HistoryW *history, int count) {
  HistEventW event;
  history_w(history, &event, H_SETSIZE, count);
  history_w(history, &event, H_SETUNIQUE, 1);
}

void history_add(HistoryW *history, const wchar_t *line) {
  HistEventW event;
  history_w(history, &event, H_ENTER, line);
}

bool terminal_moves(const char *name) {
  char entry[4096];
  if (tgetent(entry, name) != 1) return false;
  char area[256];
  char *end = area;
  return tgetstr("le", &end) != NULL && tgetstr("ce", &end) != NULL;
}

// Global, because a signal handler can only use such variables.
static struct termios kept;
static volatile bool is_kept;
static volatile bool was_kept;
static volatile bool marks_pasted;

static void tell_terminal(const char *sequence, size_t length) {
  ssize_t written = write(STDOUT_FILENO, sequence, length);
  (void)written;
}

void terminal_keep(bool marksPasted) {
  if (tcgetattr(STDIN_FILENO, &kept) != 0) return;
  is_kept = was_kept = true;
  marks_pasted = marksPasted;
  if (marks_pasted) tell_terminal("\033[?2004h", 8);
}

void terminal_keep_again(void) {
  if (was_kept) terminal_keep(marks_pasted);
}

void terminal_restore(void) {
  if (!is_kept) return;
  is_kept = false;
  if (marks_pasted) tell_terminal("\033[?2004l", 8);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &kept);
}
