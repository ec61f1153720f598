package deploy_test

import (
	"maps"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

func instances(t *testing.T, m manifests) *appsv1.Deployment {
	t.Helper()
	found := every[*appsv1.Deployment](m)
	if len(found) != 1 {
		t.Fatalf("%d deployments", len(found))
	}
	return found[0]
}

func TestTheKustomizationNamesEveryManifestButTheExample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(folder, "kustomization.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var made types.Kustomization
	if err := yaml.UnmarshalStrict(text, &made); err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(slices.Sorted(maps.Keys(load(t))), func(name string) bool { return name == "secret.example.yaml" })
	if got := slices.Sorted(slices.Values(made.Resources)); !slices.Equal(got, want) {
		t.Errorf("it names %v, the folder has %v", got, want)
	}
	image := instances(t, load(t)).Spec.Template.Spec.Containers[0].Image
	if len(made.Images) != 1 || made.Images[0].Name != image || made.Images[0].NewTag == "" {
		t.Fatalf("images %v do not give %s a tag", made.Images, image)
	}
	if registry, _, found := strings.Cut(made.Images[0].NewName, "/"); !found || !strings.Contains(registry, ".") {
		t.Errorf("the image %q is fetched from the registry of everybody", made.Images[0].NewName)
	}
}

func TestWhatSelectsThePodsSelectsThem(t *testing.T) {
	m := load(t)
	pod := labels.Set(instances(t, m).Spec.Template.Labels)
	holds := func(what string, selector *metav1.LabelSelector) {
		chosen, err := metav1.LabelSelectorAsSelector(selector)
		if err != nil || !chosen.Matches(pod) {
			t.Errorf("%s does not select the pods: %v, %v", what, selector, err)
		}
	}
	holds("the deployment", instances(t, m).Spec.Selector)
	for _, constraint := range instances(t, m).Spec.Template.Spec.TopologySpreadConstraints {
		holds("the spread over "+constraint.TopologyKey, constraint.LabelSelector)
	}
	for _, budget := range every[*policyv1.PodDisruptionBudget](m) {
		holds("the disruption budget", budget.Spec.Selector)
		if budget.Spec.MinAvailable.IntValue() >= int(*instances(t, m).Spec.Replicas) {
			t.Error("no node could ever be drained")
		}
	}
	for _, policy := range every[*networkingv1.NetworkPolicy](m) {
		holds("the network policy "+policy.Name, &policy.Spec.PodSelector)
	}
	for _, service := range every[*corev1.Service](m) {
		if !labels.SelectorFromSet(service.Spec.Selector).Matches(pod) {
			t.Error("the service does not select the pods")
		}
	}
}

func TestNamedPortsExist(t *testing.T) {
	m := load(t)
	container := instances(t, m).Spec.Template.Spec.Containers[0]
	names := map[string]bool{}
	for _, port := range container.Ports {
		names[port.Name] = true
	}
	holds := func(what string, port intstr.IntOrString) {
		if port.Type == intstr.String && !names[port.StrVal] {
			t.Errorf("%s names the port %s", what, port.StrVal)
		}
	}
	for _, probe := range []struct {
		path  string
		probe *corev1.Probe
	}{{"/healthz", container.StartupProbe}, {"/healthz", container.LivenessProbe}, {"/readyz", container.ReadinessProbe}} {
		if probe.probe == nil || probe.probe.HTTPGet == nil || probe.probe.HTTPGet.Path != probe.path {
			t.Errorf("the probe of %s is %v", probe.path, probe.probe)
			continue
		}
		holds("the probe of "+probe.path, probe.probe.HTTPGet.Port)
	}
	for _, service := range every[*corev1.Service](m) {
		for _, port := range service.Spec.Ports {
			holds("the service", port.TargetPort)
		}
	}
	for _, policy := range every[*networkingv1.NetworkPolicy](m) {
		for _, rule := range policy.Spec.Ingress {
			for _, port := range rule.Ports {
				holds("the network policy", *port.Port)
			}
		}
	}
}

func TestPortsAreThoseThatTheSettingsName(t *testing.T) {
	m := load(t)
	pod := instances(t, m).Spec.Template
	ports := map[string]string{}
	for _, port := range pod.Spec.Containers[0].Ports {
		ports[port.Name] = strconv.Itoa(int(port.ContainerPort))
	}
	for name, setting := range map[string]string{"http": "HEJNAL_LISTEN", "metrics": "HEJNAL_METRICS_LISTEN"} {
		for _, settings := range every[*corev1.ConfigMap](m) {
			if _, port, err := net.SplitHostPort(settings.Data[setting]); err != nil || port != ports[name] {
				t.Errorf("%s is %s, the port %s is %s", setting, settings.Data[setting], name, ports[name])
			}
		}
	}
}

// TestPrometheusFindsThePodsUnderTheNameThatAlarmsAskFor follows the file with the labels that Prometheus gives a pod.
func TestPrometheusFindsThePodsUnderTheNameThatAlarmsAskFor(t *testing.T) {
	text, err := os.ReadFile("../../deploy/prometheus/scrape-kubernetes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var jobs []struct {
		Name string `json:"job_name"`
		Pods []struct {
			Role       string
			Namespaces struct{ Names []string }
		} `json:"kubernetes_sd_configs"`
		Relabel []struct {
			Source        []string `json:"source_labels"`
			Regex, Action string
		} `json:"relabel_configs"`
	}
	if err := yaml.Unmarshal(text, &jobs); err != nil || len(jobs) != 1 || len(jobs[0].Pods) != 1 {
		t.Fatalf("%v, %v", jobs, err)
	}
	pods := instances(t, load(t))
	if job := jobs[0]; job.Name != "hejnal" || job.Pods[0].Role != "pod" || !slices.Equal(job.Pods[0].Namespaces.Names, []string{pods.Namespace}) {
		t.Errorf("the alarms ask for the job hejnal in the namespace %s: %v", pods.Namespace, job)
	}
	var asked []string
	for _, port := range pods.Spec.Template.Spec.Containers[0].Ports {
		about := map[string]string{"__meta_kubernetes_pod_container_port_name": port.Name, "__meta_kubernetes_pod_phase": "Running"}
		for name, value := range pods.Spec.Template.Labels {
			about["__meta_kubernetes_pod_label_"+regexp.MustCompile(`\W`).ReplaceAllString(name, "_")] = value
		}
		kept := true
		for _, rule := range jobs[0].Relabel {
			var values []string
			for _, label := range rule.Source {
				values = append(values, about[label])
			}
			matches := regexp.MustCompile("^(?:" + rule.Regex + ")$").MatchString(strings.Join(values, ";"))
			kept = kept && (rule.Action != "keep" || matches) && (rule.Action != "drop" || !matches)
		}
		if kept {
			asked = append(asked, port.Name)
		}
	}
	if !slices.Equal(asked, []string{"metrics"}) {
		t.Errorf("of a pod it asks the ports %v", asked)
	}
}

func TestWhatIsMountedAndReadExists(t *testing.T) {
	m := load(t)
	pod := instances(t, m).Spec.Template.Spec
	secrets, settings, claims := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, secret := range every[*corev1.Secret](m) {
		secrets[secret.Name] = true
	}
	for _, one := range every[*corev1.ConfigMap](m) {
		settings[one.Name] = true
	}
	for _, claim := range every[*corev1.PersistentVolumeClaim](m) {
		claims[claim.Name] = true
	}
	volumes := map[string]bool{}
	for _, volume := range pod.Volumes {
		volumes[volume.Name] = true
		if volume.Secret != nil && !secrets[volume.Secret.SecretName] || volume.PersistentVolumeClaim != nil && !claims[volume.PersistentVolumeClaim.ClaimName] {
			t.Errorf("the volume %s comes from nothing", volume.Name)
		}
	}
	for _, mount := range pod.Containers[0].VolumeMounts {
		if !volumes[mount.Name] {
			t.Errorf("%s is mounted from nothing", mount.MountPath)
		}
	}
	for _, source := range pod.Containers[0].EnvFrom {
		if source.SecretRef != nil && !secrets[source.SecretRef.Name] || source.ConfigMapRef != nil && !settings[source.ConfigMapRef.Name] {
			t.Errorf("the environment comes from nothing: %v", source)
		}
	}
}

// TestThePodIsRestricted holds what the restricted level of the pod security standards asks, which the namespace enforces.
func TestThePodIsRestricted(t *testing.T) {
	m := load(t)
	pod := instances(t, m).Spec.Template.Spec
	container := pod.Containers[0].SecurityContext
	if !*pod.SecurityContext.RunAsNonRoot || pod.SecurityContext.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault ||
		*container.AllowPrivilegeEscalation || !*container.ReadOnlyRootFilesystem || !slices.Equal(container.Capabilities.Drop, []corev1.Capability{"ALL"}) {
		t.Error("the pod asks for more than the restricted level gives")
	}
	if *pod.AutomountServiceAccountToken {
		t.Error("the pod gets a token for Kubernetes, which it does not need")
	}
	for _, space := range every[*corev1.Namespace](m) {
		if space.Labels["pod-security.kubernetes.io/enforce"] != "restricted" {
			t.Error("the namespace does not enforce the restricted level")
		}
	}
	if nothing := every[*networkingv1.NetworkPolicy](m); !slices.ContainsFunc(nothing, func(p *networkingv1.NetworkPolicy) bool {
		return len(p.Spec.PodSelector.MatchLabels) == 0 && len(p.Spec.Ingress) == 0 && len(p.Spec.Egress) == 0 && len(p.Spec.PolicyTypes) == 2
	}) {
		t.Error("no policy denies everything that is not named")
	}
}
