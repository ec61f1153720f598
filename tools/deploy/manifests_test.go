package deploy_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
)

const folder = "../../deploy/kubernetes"

// manifests are the objects of the folder, by file.
type manifests map[string][]runtime.Object

func strict(t *testing.T) runtime.Decoder {
	t.Helper()
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{corev1.AddToScheme, appsv1.AddToScheme, policyv1.AddToScheme, networkingv1.AddToScheme} {
		if err := add(scheme); err != nil {
			t.Fatal(err)
		}
	}
	return serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
}

func decode(decoder runtime.Decoder, text []byte) ([]runtime.Object, error) {
	var objects []runtime.Object
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		object, _, err := decoder.Decode(document, nil, nil)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
}

func load(t *testing.T) manifests {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(names) < 8 {
		t.Fatalf("%d manifests, %v", len(names), err)
	}
	decoder := strict(t)
	found := manifests{}
	for _, name := range names {
		if filepath.Base(name) == "kustomization.yaml" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found[filepath.Base(name)], err = decode(decoder, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	return found
}

// every gives the objects of a kind.
func every[T any](m manifests) []T {
	var found []T
	for _, objects := range m {
		for _, object := range objects {
			if one, ok := object.(T); ok {
				found = append(found, one)
			}
		}
	}
	return found
}

func TestManifestsAreWhatKubernetesTakes(t *testing.T) {
	for file, objects := range load(t) {
		for _, object := range objects {
			named, ok := object.(interface{ GetNamespace() string })
			_, isNamespace := object.(*corev1.Namespace)
			if !ok || !isNamespace && named.GetNamespace() != "hejnal" {
				t.Errorf("%s: %T is not in the namespace hejnal", file, object)
			}
		}
	}
}

func TestAMisspelledFieldIsFound(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(folder, "instances.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for old, wrong := range map[string]string{
		"readinessProbe:": "readynessProbe:", "replicas: 3": "replicas: three", "runAsNonRoot: true": "runAsNonRoot: true\n        runAsRoot: false",
	} {
		broken := bytes.Replace(text, []byte(old), []byte(wrong), 1)
		if bytes.Equal(broken, text) {
			t.Fatalf("%q is not in the file", old)
		}
		if _, err := decode(strict(t), broken); err == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestTheExampleOfASecretHoldsNone(t *testing.T) {
	for _, secret := range every[*corev1.Secret](load(t)) {
		for key, value := range secret.StringData {
			if !strings.Contains(value, "REPLACE") {
				t.Errorf("%s of %s looks like a value in use", key, secret.Name)
			}
		}
		if len(secret.Data) > 0 {
			t.Errorf("%s holds data", secret.Name)
		}
	}
}
