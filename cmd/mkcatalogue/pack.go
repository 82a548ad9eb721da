package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"aead.dev/minisign"

	"houdbaar/internal/catalogue"
)

// passwordVariable names the environment variable with the password of the signing
// key, so that it stands in no history of commands.
const passwordVariable = "HOUDBAAR_KEY_PASSWORD"

func runKey(flags *flag.FlagSet, args []string, out io.Writer) error {
	file := flags.String("o", "", "file for the signing key, outside the repository; the public one goes beside it, with .pub behind it")
	name := flags.String("name", "", "name of the publisher, for the file with the public key")
	if err := flags.Parse(args); err != nil {
		return err
	}
	password := os.Getenv(passwordVariable)
	if *file == "" || *name == "" || password == "" {
		return fmt.Errorf("key: want -o FILE, -name NAME and a password in %s", passwordVariable)
	}
	for _, path := range []string{*file, *file + ".pub"} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("key: %s is there already; a lost key cannot be made again", path)
		}
	}
	public, private, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	text, err := minisign.EncryptKey(password, private)
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	if err := os.WriteFile(*file, text, 0o600); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	publisher := catalogue.Publisher{Name: *name, Key: public}
	if err := os.WriteFile(*file+".pub", []byte(publisher.File()), 0o644); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	fmt.Fprintf(out, "signing key: %s (keep it and its password, and never commit it)\npublic key: %s.pub, key %s, for who is to trust you\nfor the program itself, a line of internal/catalogue/release.pub:\n%s\n",
		*file, *file, publisher.ID(), public)
	return nil
}

func runPack(flags *flag.FlagSet, args []string, out io.Writer) error {
	file := flags.String("catalogue", catalogueFile, "catalogue to pack")
	keyFile := flags.String("key", "", "file of the signing key")
	to := flags.String("o", "", "pack to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *keyFile == "" || *to == "" {
		return errors.New("pack: want -key FILE and -o FILE")
	}
	key, err := readKey(*keyFile)
	if err != nil {
		return fmt.Errorf("pack: read the signing key (its password is in %s): %w", passwordVariable, err)
	}
	var pack bytes.Buffer
	if err := catalogue.WritePack(&pack, *file, key); err != nil {
		return err
	}
	// What nobody could install must not be published.
	dir, err := os.MkdirTemp("", "houdbaar-pack-")
	if err != nil {
		return fmt.Errorf("pack: %w", err)
	}
	defer os.RemoveAll(dir)
	publisher := catalogue.Publisher{Key: key.Public().(minisign.PublicKey)}
	_, err = catalogue.Trust(dir, strings.NewReader(publisher.File()))
	builtIn := errors.Is(err, catalogue.ErrBuiltInTrust)
	if err != nil && !builtIn {
		return fmt.Errorf("pack: %w", err)
	}
	meta, err := catalogue.Install(context.Background(), bytes.NewReader(pack.Bytes()), dir)
	if err != nil {
		return fmt.Errorf("pack: try it: %w", err)
	}
	if err := os.WriteFile(*to, pack.Bytes(), 0o644); err != nil {
		return fmt.Errorf("pack: %w", err)
	}
	fmt.Fprintf(out, "%s: version %s, %d products, %d bytes, signed by %s\n", *to, meta.Version, meta.Products, pack.Len(), publisher.Key)
	if !builtIn {
		fmt.Fprintf(out, "note: the program was not built with key %s: it will refuse the pack, except where a person trusts that key (houdbaarctl catalogue trust)\n", publisher.ID())
	}
	return nil
}

// readKey reads a signing key, with or without a password.
func readKey(file string) (minisign.PrivateKey, error) {
	var key minisign.PrivateKey
	text, err := os.ReadFile(file)
	if err != nil {
		return key, err
	}
	if minisign.IsEncrypted(text) {
		return minisign.DecryptKey(os.Getenv(passwordVariable), text)
	}
	return key, key.UnmarshalText(text)
}
