package deploy_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func compose(t *testing.T, profile string) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{"../../deploy/container/compose.yaml"}, cli.WithProfiles([]string{profile}), cli.WithoutEnvironmentResolution)
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestTheComposeFileStartsOneMachineOrSeveralInstances(t *testing.T) {
	for profile, want := range map[string][]string{
		"one":     {"hejnal"},
		"several": {"hejnal-1", "hejnal-2", "hejnal-3", "nats-1", "nats-2", "nats-3", "postgres"},
	} {
		project := compose(t, profile)
		names := project.ServiceNames()
		if slices.Sort(names); !slices.Equal(names, want) {
			t.Errorf("%s starts %v, want %v", profile, names, want)
		}
		for _, service := range project.Services {
			for _, port := range service.Ports {
				if port.HostIP != "127.0.0.1" {
					t.Errorf("%s publishes %s beyond loopback", service.Name, port.Published)
				}
			}
			if !slices.Contains(service.SecurityOpt, "no-new-privileges:true") {
				t.Errorf("%s may gain rights", service.Name)
			}
			for _, volume := range service.Volumes {
				if _, known := project.Volumes[volume.Source]; volume.Type == types.VolumeTypeVolume && !known {
					t.Errorf("%s mounts the volume %s, which is not declared", service.Name, volume.Source)
				}
				inRepository := volume.Type == types.VolumeTypeBind && !strings.Contains(volume.Source, "/secrets/")
				if _, err := os.Stat(volume.Source); inRepository && err != nil {
					t.Errorf("%s mounts what is not there: %v", service.Name, err)
				}
			}
		}
	}
}

// image gives the stages of the Containerfile.
func image(t *testing.T) []instructions.Stage {
	t.Helper()
	text, err := os.ReadFile("../../deploy/container/Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var warnings []string
	stages, _, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{Warn: func(rule, _, _, message string, _ []parser.Range) {
		warnings = append(warnings, rule+": "+message)
	}}))
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Errorf("warnings: %v", warnings)
	}
	return stages
}

func TestTheImageIsBuiltFromWhatIsThereAndDoesNotRunAsRoot(t *testing.T) {
	stages := image(t)
	last := stages[len(stages)-1]
	if last.BaseName != "scratch" {
		t.Errorf("the image begins with %s", last.BaseName)
	}
	user := ""
	for _, command := range last.Commands {
		if set, ok := command.(*instructions.UserCommand); ok {
			user = set.User
		}
	}
	if user != "65532:65532" {
		t.Errorf("it runs as %q", user)
	}
	for _, command := range stages[0].Commands {
		copied, ok := command.(*instructions.CopyCommand)
		if !ok {
			continue
		}
		for _, source := range copied.SourcePaths {
			if _, err := os.Stat(filepath.Join("../..", source)); err != nil {
				t.Errorf("it copies what is not there: %v", err)
			}
		}
	}
}

// TestVolumesBeginAsFoldersOfTheImage holds that the program may write into them: Docker makes a volume as the folder is where it
// is mounted, and root's where there is none.
func TestVolumesBeginAsFoldersOfTheImage(t *testing.T) {
	stages := image(t)
	owned := map[string]bool{}
	for _, command := range stages[len(stages)-1].Commands {
		if copied, ok := command.(*instructions.CopyCommand); ok && copied.Chown == "65532:65532" {
			owned[copied.DestPath] = true
		}
	}
	for _, profile := range []string{"one", "several"} {
		for _, service := range compose(t, profile).Services {
			if service.Build == nil {
				continue
			}
			for _, volume := range service.Volumes {
				if volume.Type == types.VolumeTypeVolume && !owned[volume.Target] {
					t.Errorf("%s cannot write to %s, which the image does not have", service.Name, volume.Target)
				}
			}
		}
	}
}
