/*
 * Lets a Node process that has loaded the till divide itself, so that a till which is to be killed need not be loaded each time:
 * fork(2) for Node, as an add-on of five functions. It works with --single-threaded only, where V8 leaves everything to the
 * thread that is copied. The declarations are those of Node-API and libuv that it uses; Node itself has the functions.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
typedef struct uv_loop_s uv_loop_t;

int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
int napi_get_value_int32(napi_env, napi_value, int32_t *);
int napi_create_int32(napi_env, int32_t, napi_value *);
int napi_create_object(napi_env, napi_value *);
int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
int napi_get_uv_event_loop(napi_env, uv_loop_t **);
int uv_loop_fork(uv_loop_t *);

/* Addresses of one fork; a till has some two thousand. */
#define MOST_MAPPINGS 65536

static napi_value number(napi_env env, int value) {
  napi_value result;
  napi_create_int32(env, value, &result);
  return result;
}

/* V8 marks pages of its heap as not to be copied by a fork (MADV_DONTFORK). Here they are wanted. */
static void copy_everything(void) {
  static unsigned long starts[MOST_MAPPINGS], ends[MOST_MAPPINGS];
  char line[512];
  int count = 0;
  FILE *maps = fopen("/proc/self/maps", "r");
  if (maps == NULL) return;
  while (count < MOST_MAPPINGS && fgets(line, sizeof line, maps) != NULL) {
    if (sscanf(line, "%lx-%lx", &starts[count], &ends[count]) == 2) count += 1;
  }
  fclose(maps);
  for (int i = 0; i < count; i += 1) madvise((void *)starts[i], ends[i] - starts[i], MADV_DOFORK);
}

/* connect(path): the descriptor of a new connection to a local socket, or -1. */
static napi_value do_connect(napi_env env, napi_callback_info info) {
  size_t count = 1, length;
  napi_value given[1];
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  napi_get_cb_info(env, info, &count, given, NULL, NULL);
  napi_get_value_string_utf8(env, given[0], address.sun_path, sizeof address.sun_path, &length);
  int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor >= 0 && connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
    close(descriptor);
    descriptor = -1;
  }
  return number(env, descriptor);
}

/* fork(): the child's process id in the parent, 0 in the child, which dies with its parent. */
static napi_value do_fork(napi_env env, napi_callback_info info) {
  (void)info;
  uv_loop_t *loop;
  if (napi_get_uv_event_loop(env, &loop) != 0) return number(env, -1);
  copy_everything();
  pid_t process = fork();
  if (process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (uv_loop_fork(loop) != 0) _exit(70);
  }
  return number(env, process);
}

/* wait(): a child that has ended, `process` 0 where none has. `signal` is 0 or what killed it, `code` -1 or its exit code. */
static napi_value do_wait(napi_env env, napi_callback_info info) {
  (void)info;
  int status = 0;
  pid_t process = waitpid(-1, &status, WNOHANG);
  int ended = process > 0;
  napi_value result;
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "process", number(env, ended ? process : 0));
  napi_set_named_property(env, result, "signal", number(env, ended && WIFSIGNALED(status) ? WTERMSIG(status) : 0));
  napi_set_named_property(env, result, "code", number(env, ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1));
  return result;
}

/* kill(): SIGKILL to the process itself, whose id Node believes to be its parent's. */
static napi_value do_kill(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  kill(getpid(), SIGKILL);
  abort();
}

/* leave(code): ends at once. Node's own way out would wait for threads that were not copied. */
static napi_value do_leave(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value given[1];
  int32_t code = 1;
  napi_get_cb_info(env, info, &count, given, NULL, NULL);
  napi_get_value_int32(env, given[0], &code);
  _exit(code);
}

__attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  static const struct {
    const char *name;
    napi_callback function;
  } all[] = {{"connect", do_connect}, {"fork", do_fork}, {"wait", do_wait}, {"kill", do_kill}, {"leave", do_leave}};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i += 1) {
    napi_value function;
    napi_create_function(env, all[i].name, strlen(all[i].name), all[i].function, NULL, &function);
    napi_set_named_property(env, exports, all[i].name, function);
  }
  return exports;
}
