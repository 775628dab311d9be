{{- define "valkey.name" -}}{{ default .Release.Name .Values.fullnameOverride }}{{- end }}
{{- define "valkey.labels" -}}
app.kubernetes.io/name: valkey
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "valkey.pod" -}}
metadata:
  labels:
    {{- include "valkey.labels" . | nindent 4 }}
spec:
  {{- with concat .Values.global.imagePullSecrets .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  containers:
    - name: valkey
      image: {{ .Values.global.imageRegistry | default .Values.image.registry }}/{{ .Values.image.repository }}:{{ .Chart.AppVersion }}
      ports:
        - {name: tcp, containerPort: 6379}
      {{- if .Values.readinessProbe.enabled }}
      readinessProbe:
        tcpSocket: {port: tcp}
      {{- end }}
      volumeMounts:
        - {name: data, mountPath: /data}
        {{- if .Values.auth.enabled }}
        - {name: users, mountPath: /users, readOnly: true}
        {{- end }}
{{- end }}
