package catalogue

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"houdbaar/internal/device"
	"houdbaar/internal/lifecycle"
	"houdbaar/internal/sqlite"
)

const (
	longestSearch = 80      // characters of a search that are looked at
	closest       = 160     // models that are compared word by word
	least         = 45      // a proposal is at least this much alike, of 100
	exact         = 101     // the score of a model that was typed itself
	within        = 92      // the score of a model that was typed, and more behind it; less one for each word
	behind        = 0.15    // a proposal may meet a word this much worse than the best
	enough        = 1 << 16 // bytes of lists that are read, beyond the shortest one
)

// A proposal is a model and how much it is like what was typed.
type proposal struct {
	id           int
	vendor, name string
	likeness
}

// Search proposes at most limit products for what a person types, best first, a
// model's revisions together. Nothing is decided by it.
func (c *DB) Search(ctx context.Context, text string, limit int) (out []lifecycle.Product, err error) {
	defer wrap(&err, "search")
	if c == nil || limit <= 0 {
		return nil, nil
	}
	if r := []rune(text); len(r) > longestSearch {
		text = string(r[:longestSearch])
	}
	typed := fold(text)
	if len(typed) == 0 {
		return nil, nil
	}
	near, err := c.gather(ctx, typed)
	if err != nil {
		return nil, err
	}
	found, err := c.compare(ctx, near, text, typed)
	if err != nil {
		return nil, err
	}
	if len(found) > limit {
		found = found[:limit] // each has a product at least
	}
	ids := make([]int, len(found))
	for i, p := range found {
		ids[i] = p.id
	}
	products, err := c.products(ctx, c.byModels, array(ids))
	if err != nil {
		return nil, err
	}
	revisions := map[string][]lifecycle.Product{}
	for _, p := range products {
		name := p.Vendor + " " + p.Model
		revisions[name] = append(revisions[name], p)
	}
	for _, p := range found {
		sortRevisions(revisions[p.name], typed)
		out = append(out, revisions[p.name]...)
	}
	return out[:min(limit, len(out))], nil
}

// compare compares models with what was typed, word by word, and returns those that are
// like it, best first: before all others those that it names, as lifecycle understands it.
func (c *DB) compare(ctx context.Context, models []int, text string, typed []word) ([]proposal, error) {
	named := map[string]map[string]float64{} // by vendor
	var found []proposal
	rows, err := c.models.QueryContext(ctx, array(models))
	err = sqlite.EachRow(rows, err, func(rows *sql.Rows) error {
		var p proposal
		var name, words string
		if err := rows.Scan(&p.id, &p.vendor, &name, &words); err != nil {
			return err
		}
		if named[p.vendor] == nil {
			named[p.vendor] = names(p.vendor, text)
		}
		p.likeness = alike(typed, strings.Split(words, "\n"))
		p.score = max(p.score, named[p.vendor][lifecycle.ModelKey(p.vendor, name)])
		if p.score >= least {
			p.name = p.vendor + " " + name
			found = append(found, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b proposal) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
	})
	return like(typed, found), nil
}

// names returns the keys of a vendor's models that text names, with their score: as a
// whole, or without the last words, which are often more than a name ("camera",
// "AC1900").
func names(vendor, text string) map[string]float64 {
	out := map[string]float64{}
	words := strings.Fields(text)
	for n := len(words); n > 0 && n > len(words)-5; n-- {
		score := float64(exact)
		if more := len(words) - n; more > 0 {
			score = within - float64(more)
		}
		for _, key := range lifecycle.IdentityKeys(device.Identity{Vendor: vendor, Model: strings.Join(words[:n], " ")}) {
			out[key] = max(out[key], score)
		}
	}
	return out
}

// like keeps the proposals, best first, that meet every word about as well as the best
// one does. Words that nothing meets are left out of it ("router"). But when none of the
// numbers is met, or more is not met than is beside the maker's name, then what was meant
// is not here, and nothing is proposed.
func like(typed []word, found []proposal) []proposal {
	if len(found) == 0 {
		return nil
	}
	best := found[0]
	vendor := joined(fold(best.vendor))
	var numbers, numbersMet bool
	var is, isNot int // characters
	for i, t := range typed {
		ok := best.words[i] >= met
		numbers = numbers || t.number
		numbersMet = numbersMet || t.number && best.words[i] > oneWrong
		switch {
		case !ok:
			isNot += len(t.text)
		case !strings.Contains(vendor, t.text):
			is += len(t.text)
		}
	}
	if best.score < within-4 && !numbersMet && isNot > 0 && (numbers || is < isNot) {
		return nil
	}
	return slices.DeleteFunc(found, func(p proposal) bool {
		for i := range typed {
			if b := best.words[i]; b >= met && p.words[i] < b-behind {
				return true
			}
		}
		return false
	})
}

// array writes values as SQLite's json_each reads them. One question for many rows is
// quicker than a question for each.
func array[T any](values []T) string {
	text, _ := json.Marshal(values) // numbers and strings always can be written
	return string(text)
}

// sortRevisions puts a revision that was typed first, then the model as a whole.
func sortRevisions(products []lifecycle.Product, typed []word) {
	is := func(key string) bool {
		return slices.ContainsFunc(typed, func(w word) bool { return w.text == key })
	}
	rank := func(p lifecycle.Product) int {
		key := strings.Join(folded(lifecycle.RevisionKey(p.Revision)), "")
		switch {
		case key != "" && (is(key) || is("v"+key)):
			return 0
		case key == "":
			return 1
		}
		return 2
	}
	slices.SortStableFunc(products, func(a, b lifecycle.Product) int { return cmp.Compare(rank(a), rank(b)) })
}

// gather returns the models that share most pieces of text with what was typed, at
// most closest of them. Of those that share as many, the shorter names go first: their
// ids are lower.
//
// What a keystroke costs must not grow with the catalogue. The rarest pieces tell models
// apart best, so their lists are read first, and once enough was read the commonest
// ("hik", held by every model of a maker) are left to the comparison word by word.
func (c *DB) gather(ctx context.Context, typed []word) ([]int, error) {
	lists, err := c.lists(ctx, pieces(typed))
	if err != nil {
		return nil, err
	}
	var models []int
	shared := make([]int, c.last+1) // pieces, by model
	read := 0
	for i, list := range lists {
		if read += len(list); i > 0 && read > enough {
			break
		}
		for id := 0; len(list) > 0; {
			more, n := binary.Uvarint(list)
			if n <= 0 || more == 0 || more > uint64(c.last-id) {
				return nil, fmt.Errorf("%w: broken list of models", ErrDamaged)
			}
			list, id = list[n:], id+int(more)
			if shared[id]++; shared[id] == 1 {
				models = append(models, id)
			}
		}
	}
	slices.SortFunc(models, func(a, b int) int { return cmp.Or(shared[b]-shared[a], a-b) })
	return models[:min(closest, len(models))], nil
}

// pieces returns the pieces of text to look up for what was typed, each once.
func pieces(typed []word) []string {
	out := inside(joined(typed))
	for _, w := range typed {
		b := begin(w.text)
		out = append(out, b[len(b)-1])
		if len(b) < gramSize && len(b) > 1 {
			out = append(out, b[0])
		}
		out = append(out, inside(w.text)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lists returns the lists of models for pieces of text, the shortest first.
func (c *DB) lists(ctx context.Context, pieces []string) ([][]byte, error) {
	var out [][]byte
	rows, err := c.gram.QueryContext(ctx, array(pieces))
	err = sqlite.EachRow(rows, err, func(rows *sql.Rows) error {
		out = append(out, nil)
		return rows.Scan(&out[len(out)-1])
	})
	slices.SortFunc(out, func(a, b []byte) int { return cmp.Or(cmp.Compare(len(a), len(b)), bytes.Compare(a, b)) })
	return out, err
}

// AppendModels appends a list of ascending model ids as the index stores it.
func AppendModels(to []byte, models []int) []byte {
	last := 0
	for _, id := range models {
		to = binary.AppendUvarint(to, uint64(id-last))
		last = id
	}
	return to
}
