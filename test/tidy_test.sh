# The self-test of bin/tidy, which reads this file: every rule fires on a bad file and stays quiet
# on a good one. `fires RULE WORDS FILE` and `quiet RULE FILE` take the file's content from standard
# input; files of one case stand together in a fresh clone that holds nothing else.

passed=0
failed=0
clone=

fresh() {
    rm -rf "$clone"
    clone=$(mktemp -d)
    cd "$clone"
    git init -q
}

put() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

judge() {
    if [ "$1" = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n' "$2"
    fi
}

# On the files that stand in the clone now.
expect() {
    local out
    out=$("rule_$1" 2>&1)
    if [ -n "$2" ]; then
        grep -qF "$2" <<<"$out" && judge yes || judge no "rule $1 does not say: $2 (but: $out)"
    else
        [ -z "$out" ] && judge yes || judge no "rule $1 should be quiet: $out"
    fi
}

fires() {
    fresh
    put "$3"
    expect "$1" "$2"
}

quiet() {
    fresh
    put "$2"
    expect "$1" ''
}

lines() { for _ in $(seq "$1"); do echo "    ++n;"; done; }

fires floors 'keys may not include requests' src/keys/a.cpp <<<'#include "requests/row.h"'
fires floors 'store may not include http' src/store/a.h <<<'#include "http/call.h"'
fires floors 'may not include helpers' src/api/a.cpp <<<'#include "helpers/x.h"'
fires floors 'base may not include main' src/base/a.cpp <<<'#include "configuration.h"'
fires floors 'attic is no room' src/attic/a.cpp <<<'#include "base/id.h"'
quiet floors src/api/a.cpp <<<$'#include "requests/row.h"\n#include "api/b.h"\n#include <map>'
quiet floors src/main.cpp <<<'#include "api/routes.h"'

fires homes 'does not live here' src/requests/a.cpp <<<'#include <sqlite3.h>'
fires homes 'does not live here' src/sources/map.cpp <<<'#include <sqlite3.h>'
fires homes 'does not live here' src/store/a.cpp <<<'#include <mysql.h>'
fires homes 'does not live here' src/people/a.cpp <<<'#include <boost/asio/io_context.hpp>'
fires homes 'does not live here' src/store/a.cpp <<<'#include <curl/curl.h>'
fires homes 'does not live here' src/requests/a.cpp <<<'#include <yaml-cpp/yaml.h>'
fires homes 'does not live here' src/http/a.cpp <<<'#include <gmime/gmime.h>'
fires homes 'does not live here' src/mail/a.cpp <<<'#include <kainjow/mustache.hpp>'
fires homes 'does not live here' src/ledger/a.cpp <<<'#include <sodium.h>'
fires homes 'does not live here' src/mail/a.h <<<'#include <openssl/ssl.h>'
quiet homes src/sources/postgresql_source.cpp <<<'#include <libpq-fe.h>'
quiet homes src/sources/mysql_source.cpp <<<'#include <mysql.h>'
quiet homes src/mail/a.cpp <<<$'#include <curl/curl.h>\n#include <gmime/gmime.h>'
fresh
for n in 1 2 3 4; do put src/http/$n.cpp <<<'#include <boost/beast/http.hpp>'; done
expect homes 'more than three files'

fires sizes '401 lines; a file has' src/base/a.cpp < <(lines 401)
fires sizes 'f has 61 lines' src/base/a.cpp < <(echo 'void f(int n) {' && lines 59 && echo '}')
fires sizes 'g has 61 lines' src/base/a.h < <(
    printf 'class A {\n    int g(int n) const {\n' && lines 59 && printf '    }\n};\n')
fires sizes 'h has 62 lines' web/src/a.ts < <(
    echo 'export function h(n: number) {' && lines 60 && echo '}')
fires sizes 'Page has 62 lines' web/src/a.tsx < <(
    echo 'function Page() {' && lines 60 && printf '  return (\n' && lines 40 && printf '  );\n}\n')
fires sizes 'component has at most 150' web/src/a.tsx < <(
    echo 'function Page() {' && printf '  return (\n' && lines 147 && printf '  );\n}\n')
quiet sizes web/src/a.tsx < <(
    echo 'function Page() {' && lines 50 && printf '  return (\n' && lines 90 && printf '  );\n}\n')
fires sizes '100 columns' src/base/a.cpp <<<"// $(printf 'x%.0s' $(seq 98))"
quiet sizes src/base/a.cpp < <(echo 'void f(int n) {' && lines 58 && echo '}' && lines 300)
quiet sizes src/base/a.cpp <<<"// $(printf '\u00e4%.0s' $(seq 97))"

contract=$'openapi: 3.1.0\npaths:\n  /api/v1/a:\n    get:\n      x: y\ncomponents: {}'
fresh
put contract/openapi.yaml <<<"$contract"
put src/api/a.cpp <<'END'
{Method::get, "/api/v1/a", "read", f},
{Method::post,
 "/api/v1/b", "write", f},
END
expect routes 'post /api/v1/b is served but not promised'
put src/api/a.cpp <<<'{Method::delete_, "/api/v1/a", "read", f},'
expect routes 'get /api/v1/a is promised but not served'
expect routes 'delete /api/v1/a is served but not promised'
put src/api/a.cpp <<<'{Method::get, "/api/v1/a", "read", f}, {Method::get, "/app", "public", g},'
put src/api/b.cpp <<<'const std::string one = "/api/v1/b"; {Method::put, one + "/c", "work", f}'
expect routes 'put /api/v1/b/c is served but not promised'
rm src/api/b.cpp
put src/site/a.cpp <<<'{Method::get, "/{slug}", "public", f},'
expect routes ''

table='{Method::get, "/api/v1/a", "read", look},'
fires handlers 'look has 16 lines' src/api/a.cpp < <(
    echo 'Answer look(const Call& n) {' && lines 14 && echo '}' && echo "$table")
table=${table/look/in(house, look)}
fires handlers 'look has 16 lines' src/api/a.cpp < <(
    echo 'Answer look(const Call& n) {' && lines 14 && echo '}' && echo "$table")
quiet handlers src/api/a.cpp < <(
    echo 'Answer look(const Call& n) {' && lines 13 && echo '}' && echo "$table"
    echo 'int other(int n) {' && lines 20 && echo '}')

page=$'# Problems\n| `known` | 409 | x | y |'
for source in 'throw Refusal(No::conflict, "gone_now");' \
    'throw Refusal(No::conflict,\n  "gone_now", {});' \
    'errors.push_back({"/name", "gone_now"});' 'errors.push_back({at + "/name", "gone_now", {}});' \
    'reader.wrong("gone_now");' 'reader.wrong("gone_now", {{"most", "2"}});' \
    'query.wrong("limit", "gone_now");' 'query.wrong(name, "gone_now", {});' \
    'Refusal(No::conflict, a.b ? "gone_now" : "known")' 'throw Refusal({{"/a", "gone_now"}});' \
    'Trouble{431, "gone_now"}' 'FieldError{std::string(at), "gone_now"}' \
    'return problem(405, "gone_now");' 'return TemplateFlaw{"gone_now", what};'; do
    fresh
    put docs/problems.md <<<"$page"
    printf "$source Refusal(No::conflict, \"known\");" | put src/api/a.cpp
    expect problems 'gone_now of src/api/a.cpp is missing'
done
fresh
put docs/problems.md <<<"$page"
put src/api/a.cpp <<<'int n;'
expect problems 'nothing says known any more'
put src/api/a.cpp <<<'throw Refusal(No::conflict, "known");'
expect problems ''
echo '| `known` | 409 | x | y |' >>docs/problems.md
expect problems 'stands there twice'

fresh
put docs/problems.md <<<"$page"
put src/api/words.cpp <<<'CodeWords{"known", "x"}, CodeWords{"other", "y"},'
expect words_of_codes 'other stands either there'
put src/api/words.cpp <<<'CodeWords{"known", "x"},'
expect words_of_codes ''
put src/api/words.cpp <<<'int n;'
expect words_of_codes 'known stands either there'

for word in user_id CustomerName result_of ctx job_queue httpResponse tenants workspace; do
    fires words 'we do not say' src/people/a.h <<<"int $word;"
done
fires words 'we do not say "connection"' src/people/a.h <<<'struct Connection;'
quiet words src/people/a.h <<<$'// the user\nstd::invoke_result_t<F> f = "user";\nint reused;'
quiet words src/store/a.h <<<'int connections_max;'

for name in src/utils/a.cpp src/base/helpers.cpp web/src/common/a.ts src/core/a.h test/Utils.ts; do
    fires names 'says nothing' $name <<<''
done
fresh
for n in $(seq 21); do put "file$n" <<<''; done
expect names '21 visible entries'
quiet names src/base/commonest.cpp <<<''

fires markdown '2 titles' a.md <<<$'# One\n# Two'
fires markdown '0 titles' a.md <<<'text'
quiet markdown a.md <<<$'# One\n```\n# a comment\n```\n## Part'

fires leftovers 'a note to oneself' src/base/a.cpp <<<"// TO""DO: later"
fires leftovers 'a path of one machine' docs/a.md <<<"see /ho""me/ada/quittance"
fires leftovers 'the address of a registry' web/a.json <<<'"resol''ved": "https://x.test/y.tgz"'
fresh
put .gitignore <<<'/made/'
put made/a.cpp <<<''
git add -f made/a.cpp
expect leftovers 'generated files are not committed'
quiet leftovers src/base/a.cpp <<<'// The work goes on; see docs/home/page.'

fires headers 'says what it promises' src/base/a.h <<<'#pragma once'
fires headers 'pragma once is missing' src/base/a.h <<<'// Says something.'
quiet headers src/base/a.h <<<$'// Says something.\n#pragma once'

cd /
rm -rf "$clone"
echo "bin/tidy --self-test: $passed passed, $failed failed"
[ "$failed" = 0 ]
