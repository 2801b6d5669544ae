// 日本語 for sentences that the core writes in English into the plan. One that is not here is shown in English.
/** @type {Record<string, string>} */
export const jaCore = {
  '--endpoints, on the node itself': '--endpoints。ノードの中から',
  '--etcd-servers names every member': '--etcd-servers に全メンバーが並ぶ',
  '--initial-cluster names every member': '--initial-cluster に全メンバーが並ぶ',
  '--listen-client-urls, by its own gRPC gateway': '--listen-client-urls。自分の gRPC ゲートウェイから',
  'KUBERNETES_SERVICE_HOST, the first address of the service CIDR': 'KUBERNETES_SERVICE_HOST。Service CIDR の最初のアドレス',
  'one API server by itself, past the load balancer': 'LB を通さず API サーバーを直接',
  'the Hostname that the node reports': 'ノードが名のる Hostname',
  'the InternalIP that the node reports': 'ノードが名のる InternalIP',
  'the server of admin-remote.kubeconfig': 'admin-remote.kubeconfig の server',
  'the server of admin.kubeconfig, on the node itself': 'admin.kubeconfig の server。ノードの中から',
  'the server of kube-controller-manager.kubeconfig': 'kube-controller-manager.kubeconfig の server',
  'the server of kube-proxy.kubeconfig': 'kube-proxy.kubeconfig の server',
  'the server of kube-scheduler.kubeconfig': 'kube-scheduler.kubeconfig の server',
  "the server of the kubelet's kubeconfig": 'kubelet の kubeconfig の server',
  'the service kubernetes in the namespace default': 'default 名前空間の Service kubernetes',
};
