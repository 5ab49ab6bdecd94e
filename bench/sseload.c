// sseload: holds N event streams open and measures what arrives on them.
//
//   sseload -n STREAMS -m EVENTS -p PORT -path /… [-request FILE -r PER_SECOND -P PORT] [-t SECONDS]
//   sseload -n STREAMS -count KIND -t SECONDS -p PORT -path /…
//   sseload -n STREAMS -m EVENTS -any 1 -t SECONDS -p PORT -path /… [-cookies FILE]
//
// An event carries a marker @@SSSSSS:NNNNNNNNNNNNNNNNNNNN@@: its number from 1, and the monotonic
// nanoseconds at which it was published. With -request, the events are published from here: FILE
// holds one whole HTTP request with a marker in it, which is sent again with each event's own.
// A stream that the server ends comes back with Last-Event-ID until the time is over.
// With -cookies, each stream is opened by a cookie of its own, one a line, for rooms that are closed to others.
// With -any, others publish, in any order; each number is awaited once on each stream.
// With -count, events of one kind are counted on each stream for as long as -t says, whatever is in them.
// Prints "READY", waits for a line on stdin, and at the end prints one JSON object.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MARKER = 31, LINE = 4096, ID = 64, IN_FLIGHT = 256 };
enum state { CONNECTING, ASKING, STREAMING };

struct stream {
  int fd, held, next, seen;
  enum state state;
  char line[LINE], id[ID], coming[ID];
};

static int streams = 100, events = 10, port, publish_port, any_order;
static double rate = 10, patience = 20;
static const char *path = "/live", *request_file, *counted;
static char cookies[10000][80];
static int cookies_known;
static struct stream *all;
static int poll_fd, ready, is_measuring;
static long delivered, gaps, doubled, ended, capacity;
static uint32_t *latency;
static uint8_t *known; // of each stream, which numbers came: a bit each

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static int dial(int to) {
  int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) fail("socket");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(to)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (void *)&address, sizeof address) < 0 && errno != EINPROGRESS) fail("connect");
  return fd;
}

static void watch(struct stream *s, int change, uint32_t what) {
  struct epoll_event event = {.events = what, .data.ptr = s};
  epoll_ctl(poll_fd, change, s->fd, &event);
}

static void begin(struct stream *s) {
  s->fd = dial(port);
  s->state = CONNECTING;
  s->held = 0;
  watch(s, EPOLL_CTL_ADD, EPOLLOUT);
}

static void ask(struct stream *s) {
  char words[1024];
  int n = snprintf(words, sizeof words, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n", path);
  if (cookies_known) n += snprintf(words + n, sizeof words - n, "Cookie: %s\r\n", cookies[(s - all) % cookies_known]);
  if (s->id[0]) n += snprintf(words + n, sizeof words - n, "Last-Event-ID: %s\r\n", s->id);
  n += snprintf(words + n, sizeof words - n, "\r\n");
  if (write(s->fd, words, n) != n) return;
  s->state = ASKING;
  watch(s, EPOLL_CTL_MOD, EPOLLIN);
}

static void come_back(struct stream *s) {
  close(s->fd);
  if (s->state == STREAMING) {
    ended++;
    ready--;
  }
  usleep(200);
  begin(s);
}

static void count(struct stream *s, const char *marker, uint64_t at) {
  int number = atoi(marker + 2);
  if (any_order) {
    long bit = (long)(s - all) * (events + 1) + number;
    if (number < 1 || number > events) return;
    if (known[bit / 8] & 1 << bit % 8) {
      doubled++;
      return;
    }
    known[bit / 8] |= 1 << bit % 8;
  } else if (number == s->next) s->next++;
  else if (number < s->next) doubled++;
  else {
    gaps += number - s->next;
    s->next = number + 1;
  }
  if (delivered < capacity) latency[delivered] = (at - strtoull(marker + 9, 0, 10)) / 1000;
  delivered++;
}

static void read_line(struct stream *s, const char *line, int length, uint64_t at) {
  if (s->state == ASKING) {
    if (!strncmp(line, "HTTP/", 5) && atoi(line + 9) != 200) {
      fprintf(stderr, "refused: %.*s\n", length, line);
      exit(3);
    }
    if (length == 0 || (length == 1 && line[0] == '\r')) {
      s->state = STREAMING;
      ready++;
    }
  } else if (length == 0) {
    if (s->coming[0]) strcpy(s->id, s->coming);
    s->coming[0] = 0;
  } else if (!strncmp(line, "id: ", 4) && length - 4 < ID) {
    memcpy(s->coming, line + 4, length - 4);
    s->coming[length - 4] = 0;
  } else if (is_measuring && counted) {
    s->seen += !strncmp(line, "event: ", 7) && !strcmp(line + 7, counted);
  } else if (is_measuring) {
    const char *found = memmem(line, length, "@@", 2);
    if (found && line + length - found >= MARKER && found[8] == ':' && found[30] == '@') count(s, found, at);
  }
}

static void receive(struct stream *s) {
  static char bytes[1 << 18];
  ssize_t got = read(s->fd, bytes, sizeof bytes - 1);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    come_back(s);
    return;
  }
  uint64_t at = now();
  char *from = bytes, *end = bytes + got, *stop;
  while ((stop = memchr(from, '\n', end - from))) {
    int length = stop - from;
    if (s->held) {
      int room = LINE - s->held < length ? LINE - s->held : length;
      memcpy(s->line + s->held, from, room);
      *stop = 0;
      int whole = s->held + room;
      s->held = 0;
      s->line[whole < LINE ? whole : LINE - 1] = 0;
      read_line(s, s->line, whole, at);
    } else {
      *stop = 0;
      read_line(s, from, length, at);
    }
    from = stop + 1;
  }
  int rest = end - from;
  if (rest > LINE - s->held) rest = LINE - s->held;
  memcpy(s->line + s->held, from, rest);
  s->held += rest;
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static double percentile(double p) {
  long measured = delivered < capacity ? delivered : capacity;
  return measured ? latency[(long)((measured - 1) * p)] / 1000.0 : -1;
}

static void serve_streams(int wait) {
  struct epoll_event happened[1024];
  int n = epoll_wait(poll_fd, happened, 1024, wait);
  for (int i = 0; i < n; i++) {
    struct stream *s = happened[i].data.ptr;
    if (s->state == CONNECTING) {
      int error = 0;
      socklen_t size = sizeof error;
      getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error) come_back(s);
      else ask(s);
    } else receive(s);
  }
}

static char *load(const char *file, long *size) {
  FILE *in = fopen(file, "rb");
  if (!in) fail(file);
  fseek(in, 0, SEEK_END);
  *size = ftell(in);
  rewind(in);
  char *bytes = malloc(*size + 1);
  if (fread(bytes, 1, *size, in) != (size_t)*size) fail(file);
  fclose(in);
  return bytes;
}

static void send_all(int fd, const char *bytes, long size) {
  while (size) {
    ssize_t n = write(fd, bytes, size);
    if (n < 0 && errno == EAGAIN) usleep(100);
    else if (n < 0) fail("publish");
    else bytes += n, size -= n;
  }
}

static int count_seen(void) {
  uint64_t first = now();
  while (now() - first < patience * 1e9) serve_streams(5);
  long sum = 0;
  int most = 0, least = streams ? all[0].seen : 0;
  for (int i = 0; i < streams; i++) {
    sum += all[i].seen;
    if (all[i].seen > most) most = all[i].seen;
    if (all[i].seen < least) least = all[i].seen;
  }
  printf("{\"seen\":%ld,\"most\":%d,\"least\":%d,\"ended\":%ld,\"wall\":%.3f}\n", sum, most, least, ended,
         (now() - first) / 1e9);
  return 0;
}

static void read_cookies(const char *name) {
  FILE *file = fopen(name, "r");
  if (!file) fail(name);
  while (cookies_known < 10000 && fscanf(file, "%79s", cookies[cookies_known]) == 1) cookies_known++;
  fclose(file);
}

int main(int count, char **words) {
  for (int i = 1; i + 1 < count; i += 2) {
    const char *name = words[i], *value = words[i + 1];
    if (!strcmp(name, "-n")) streams = atoi(value);
    else if (!strcmp(name, "-m")) events = atoi(value);
    else if (!strcmp(name, "-r")) rate = atof(value);
    else if (!strcmp(name, "-t")) patience = atof(value);
    else if (!strcmp(name, "-p")) port = atoi(value);
    else if (!strcmp(name, "-P")) publish_port = atoi(value);
    else if (!strcmp(name, "-path")) path = value;
    else if (!strcmp(name, "-request")) request_file = value;
    else if (!strcmp(name, "-count")) counted = value;
    else if (!strcmp(name, "-cookies")) read_cookies(value);
    else if (!strcmp(name, "-any")) any_order = atoi(value);
  }
  struct rlimit files = {20000, 20000};
  setrlimit(RLIMIT_NOFILE, &files);
  all = calloc(streams, sizeof *all);
  capacity = (long)streams * events;
  latency = malloc((capacity + 1) * sizeof *latency);
  known = calloc(1, (long)streams * (events + 1) / 8 + 1);
  poll_fd = epoll_create1(0);
  uint64_t started = now();
  for (int dialled = 0; ready < streams;) {
    while (dialled < streams && dialled - ready < IN_FLIGHT) {
      all[dialled].next = 1;
      begin(&all[dialled++]);
    }
    serve_streams(1000);
    if (now() - started > 90e9) return 4;
  }
  printf("READY\n");
  fflush(stdout);
  char line[64];
  if (!fgets(line, sizeof line, stdin)) return 1;
  is_measuring = 1;
  if (counted) return count_seen();
  long size = 0;
  char *request = request_file ? load(request_file, &size) : 0, *marker = 0, answer[65536];
  int publisher = -1, sent = request ? 0 : events;
  if (request) {
    marker = memmem(request, size, "@@", 2);
    publisher = dial(publish_port ? publish_port : port);
    usleep(20000);
  }
  uint64_t first = now(), last = first;
  while (delivered < capacity && now() - last < patience * 1e9) {
    uint64_t due = first + (uint64_t)(sent / rate * 1e9);
    if (sent < events && now() >= due) {
      char own[64];
      snprintf(own, sizeof own, "@@%06d:%020llu@@", ++sent, (unsigned long long)now());
      memcpy(marker, own, MARKER);
      send_all(publisher, request, size);
    }
    if (publisher >= 0)
      while (read(publisher, answer, sizeof answer) > 0)
        if (!strncmp(answer, "HTTP/", 5) && answer[9] != '2')
          fprintf(stderr, "publishing refused: %.60s\n", answer);
    long before = delivered;
    uint64_t at = now();
    double wait = sent < events && due > at ? (due - at) / 1e6 : 5;
    serve_streams(wait > 5 ? 5 : (int)wait);
    if (delivered > before) last = now();
  }
  long measured = delivered < capacity ? delivered : capacity;
  qsort(latency, measured, sizeof *latency, compare);
  printf("{\"expected\":%ld,\"delivered\":%ld,\"gaps\":%ld,\"doubled\":%ld,\"ended\":%ld,"
         "\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"max\":%.2f,\"wall\":%.3f}\n",
         capacity, delivered, any_order ? capacity - delivered : gaps, doubled, ended, percentile(.5),
         percentile(.95), percentile(.99), percentile(1),
         (last - first) / 1e9);
  return 0;
}
