{{- define "labels" -}}
{{ include "selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}
{{- define "selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "registries" -}}
{{- $auths := dict -}}
{{- range $name, $registry := .Values.imagePullCredentials.registries -}}
{{- if and $registry.enabled $registry.username -}}
{{- $login := printf "%s:%s" $registry.username $registry.password | b64enc -}}
{{- $_ := set $auths $registry.registryUrl (dict "auth" $login) -}}
{{- end -}}
{{- end -}}
{{- if $auths }}{{ dict "auths" $auths | toJson }}{{ end -}}
{{- end -}}
