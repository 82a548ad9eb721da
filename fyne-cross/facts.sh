# facts.sh is sourced by the package scripts, in the top folder. What it knows stands
# in assets/FyneApp.toml and in git, and nowhere in these folders: a template says
# @NAME@, @ID@, @VERSION@ and so on, and fill fills it in.
# shellcheck shell=sh

# fact NAME: the first value of that name in FyneApp.toml, without quotes.
fact() { sed -n "s/^ *$1 *= *//p" assets/FyneApp.toml | head -n 1 | sed 's/^"//; s/" *$//'; }

# items NAME: a list in FyneApp.toml as "one;two;".
items() { fact "$1" | tr -d '[]" ' | tr ',' ';' | sed 's/;*$/;/'; }

NAME=$(fact Name) ID=$(fact ID) VERSION=$(fact Version) BUILDNR=$(fact Build)
GENERIC=$(fact GenericName) COMMENT=$(fact Comment) CATEGORIES=$(items Categories) KEYWORDS=$(items Keywords)

# The commit, with a "+" for changes of one's own, and its day: a package made twice
# from one commit is the same. A tree without git says neither.
COMMIT=$(git rev-parse --short=12 HEAD 2>/dev/null || echo "${HOUDBAAR_COMMIT:-}")
[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || COMMIT=$COMMIT+
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
DAY=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F 2>/dev/null || date -u -r "$SOURCE_DATE_EPOCH" +%F)
YEAR=${DAY%%-*}
export SOURCE_DATE_EPOCH

DIST=fyne-cross/dist
TMP=fyne-cross/tmp
GO=${GO:-go}
export LANG=C.UTF-8

# What a release is built with besides -trimpath. No paths of the builder's computer,
# no symbols.
STAMP="-s -w -X houdbaar/assets.commit=$COMMIT"

# fill: templates from stdin to stdout.
fill() {
	sed -e "s|@NAME@|$NAME|g" -e "s|@ID@|$ID|g" -e "s|@VERSION@|$VERSION|g" -e "s|@BUILD@|$BUILDNR|g" \
		-e "s|@GENERIC@|$GENERIC|g" -e "s|@COMMENT@|$COMMENT|g" -e "s|@CATEGORIES@|$CATEGORIES|g" \
		-e "s|@KEYWORDS@|$KEYWORDS|g" -e "s|@DAY@|$DAY|g" -e "s|@YEAR@|$YEAR|g" -e "s|@ARCH@|${ARCH:-}|g" \
		-e "s|@COMMIT@|$COMMIT|g" -e "s|@PROGRAM@|${PROGRAM:-}|g" -e "s|@WHAT@|${WHAT:-}|g" -e "s|@NUMBERS@|$(echo "$VERSION" | tr . ,),$BUILDNR|g"
}
