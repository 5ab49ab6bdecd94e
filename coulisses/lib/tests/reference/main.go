// Asks Go's checksum-database packages, the reference implementation of signed notes and tiled
// logs, whether they accept a log: `reference FOLDER`.
//
// FOLDER holds what a house serves (vkey, checkpoint, tile/…) and `questions.json`: the leaves' data
// and the proofs to check. Nothing is printed but a note of our own making, for the other side to
// open; whatever is refused ends with status 1 and the reason.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"reference/sumdb/note"
	"reference/sumdb/tlog"
)

const height = 8

type inclusion struct {
	Index, Size int64
	Root        []byte
	Path        [][]byte
}

type consistency struct {
	Old, New         int64
	OldRoot, NewRoot []byte
	Path             [][]byte
}

type questions struct {
	Leaves       [][]byte
	Inclusions   []inclusion
	Consistences []consistency
}

// folder reads tiles by their C2SP addresses, which leave the height out.
type folder string

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		one, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		data = append(data, one)
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	at := folder(os.Args[1])
	var asked questions
	must(json.Unmarshal(at.read("questions.json"), &asked))

	tree := at.checkpoint()
	reader := tlog.TileHashReader(tree, at)
	at.leavesStand(tree, reader, asked.Leaves)
	for _, one := range asked.Inclusions {
		leaf := tlog.RecordHash(asked.Leaves[one.Index])
		must(tlog.CheckRecord(hashes(one.Path), one.Size, hash(one.Root), one.Index, leaf))
		if one.Size == tree.N {
			theirs, err := tlog.ProveRecord(one.Size, one.Index, reader)
			must(err)
			same(theirs, hashes(one.Path))
		}
	}
	for _, one := range asked.Consistences {
		must(tlog.CheckTree(hashes(one.Path), one.New, hash(one.NewRoot), one.Old, hash(one.OldRoot)))
		if one.New == tree.N {
			theirs, err := tlog.ProveTree(one.New, one.Old, reader)
			must(err)
			same(theirs, hashes(one.Path))
		}
	}
	answer()
}

// checkpoint opens the signed note and reads the tree head from its text.
func (f folder) checkpoint() tlog.Tree {
	verifier, err := note.NewVerifier(string(f.read("vkey")))
	must(err)
	signed := f.read("checkpoint")
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must(err)
	if len(opened.Sigs) != 1 || len(opened.UnverifiedSigs) != 0 {
		must(fmt.Errorf("not exactly one signature"))
	}
	if _, err := note.Open(bytes.Replace(signed, []byte("\n"), []byte(" \n"), 1), note.VerifierList(verifier)); err == nil {
		must(fmt.Errorf("a changed note was accepted"))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		must(fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

// leavesStand reads every leaf's hash through tiles that are authenticated against the tree's head.
func (f folder) leavesStand(tree tlog.Tree, reader tlog.HashReader, leaves [][]byte) {
	if int64(len(leaves)) != tree.N {
		must(fmt.Errorf("%d leaves in a tree of %d", len(leaves), tree.N))
	}
	var indexes []int64
	for index := range leaves {
		indexes = append(indexes, tlog.StoredHashIndex(0, int64(index)))
	}
	found, err := reader.ReadHashes(indexes)
	must(err)
	for index, data := range leaves {
		if found[index] != tlog.RecordHash(data) {
			must(fmt.Errorf("leaf %d is another one", index))
		}
	}
}

// answer prints a key and a note signed with it, as JSON.
func answer() {
	secret, vkey, err := note.GenerateKey(rand.Reader, "coulisses/reference")
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	text := "coulisses/reference\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	must(json.NewEncoder(os.Stdout).Encode(map[string]string{"vkey": vkey, "note": string(signed)}))
}

func (f folder) read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(string(f), name))
	must(err)
	return bytes.TrimSuffix(data, []byte(map[string]string{"vkey": "\n"}[name]))
}

func hash(data []byte) (h tlog.Hash) {
	if copy(h[:], data) != tlog.HashSize || len(data) != tlog.HashSize {
		must(fmt.Errorf("a hash of %d bytes", len(data)))
	}
	return h
}

func hashes(path [][]byte) []tlog.Hash {
	found := []tlog.Hash{}
	for _, one := range path {
		found = append(found, hash(one))
	}
	return found
}

func same(theirs, ours []tlog.Hash) {
	if fmt.Sprint(theirs) != fmt.Sprint(ours) {
		must(fmt.Errorf("another proof: %v, not %v", theirs, ours))
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
