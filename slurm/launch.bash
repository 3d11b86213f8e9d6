# Sourced by the batch scripts: starts the ranks of a run as one step, and stops them when the job is asked to stop.
: "${home:?the directory of aevo}"

cd "${SLURM_SUBMIT_DIR:?start this with sbatch}" || exit 1

# Empty until a signal asked the job to stop.
stopping=
step=

# USR1, which comes before the time limit, reaches this shell only: srun hands it on.
trap 'stopping=USR1; [ -z "$step" ] || kill -USR1 "$step" 2>/dev/null' USR1
# TERM reaches the ranks as well when the job is cancelled, requeued or preempted; srun is gone soon after.
trap 'stopping=TERM; if [ -n "$step" ]; then sleep 1; kill -USR1 "$step" 2>/dev/null; fi' TERM

# How many workers the input lets share a GPU.
per_gpu=1

# check COMMAND ARGUMENTS...: says, once and not on every rank, what is wrong with 'aevo run' or 'aevo bench ARGUMENTS...'
check() {
    local command=$1 effective
    shift
    if [ "$command" = bench ]; then
        effective=$("$home/bin/aevo" bench "$@" --print-input) || return
    else
        # as the master would, but for the address and the secret, which it does not use
        effective=$(AEVO_SECRET=$(printf %064d 0) "$home/bin/aevo" run "$@" \
            --dry-run --rank 0 --ranks 2 --master localhost:1) || return
    fi
    per_gpu=$(sed -n 's/^  workers-per-device: //p' <<<"$effective")
}

# places: a line with the node for each rank that there is room for, if the job has GPUs for each node: a worker, or as
# many as may share it, for each, and on the first node the master. Prints nothing where SLURM places the ranks.
places() {
    local gpus=${SLURM_GPUS_ON_NODE:-0} node master=1 n
    if [ "$gpus" = 0 ] || [ -n "${SLURM_GPUS_PER_TASK:-}" ]; then
        return
    fi
    for node in $(scontrol show hostnames "$SLURM_JOB_NODELIST"); do
        for ((n = -master; n < gpus * per_gpu; n++)); do
            printf '%s\n' "$node"
        done
        master=0
    done
}

# cpus: a line with the number of the job's CPUs for each of its nodes
cpus() {
    local part n
    for part in ${SLURM_JOB_CPUS_PER_NODE//,/ }; do # 3(x2),1
        n=1
        [[ $part != *x* ]] || n=$(tr -dc 0-9 <<<"${part#*x}")
        for ((; n > 0; n--)); do
            printf '%s\n' "${part%%(*}"
        done
    done
}

# check_room FILE: are there CPUs for the ranks that a file of places has on each node?
check_room() {
    local ranks node count there each=${SLURM_CPUS_PER_TASK:-1} tasks=$((SLURM_GPUS_ON_NODE * per_gpu + 1))
    while read -r ranks node && read -r count <&3; do
        there=$((count / each))
        if [ "$ranks" -gt "$there" ]; then
            echo "aevo: $ranks ranks belong on $node, but the job has CPUs for $there there: give sbatch --ntasks-per-node=$tasks --ntasks=$((tasks * SLURM_JOB_NUM_NODES))" >&2
            return 1
        fi
    done < <(uniq -c "$1") 3< <(cpus)
}

# all_ranks: how many there is room for
all_ranks() {
    local count
    if [ -n "${SLURM_GPUS:-}" ] && [ -z "${SLURM_GPUS_PER_TASK:-}" ] && [ "${SLURM_JOB_NUM_NODES:-1}" -gt 1 ]; then
        echo "aevo: --gpus=$SLURM_GPUS may give nodes different numbers: give sbatch --gres=gpu:G for each node" >&2
        return 2
    fi
    count=$(places | wc -l)
    [ "$count" -gt 0 ] || count=$SLURM_NTASKS
    if [ "$count" -lt 2 ]; then
        echo "aevo: $count task is no master with workers: give sbatch --ntasks=WORKERS+1, or GPUs (slurm/README.md)" >&2
        return 2
    fi
    printf '%s\n' "$count"
}

# launch RANKS ARGUMENTS...: 'aevo run ARGUMENTS...' as RANKS tasks; returns the exit code of rank 0
launch() {
    local ranks=$1 code hosts='' options
    shift
    if [ -n "$stopping" ]; then
        return 3
    fi
    # srun's exit code is that of the worst task, or of a signal: rank 0 leaves its own here
    local word
    word=$PWD/.aevo-$SLURM_JOB_ID.${SLURM_RESTART_COUNT:-0}.code
    rm -f "$PWD/.aevo-$SLURM_JOB_ID."* # also where ranks met before a first node was lost
    # a task or a node that is lost does not take the others with it
    options=(--ntasks="$ranks" --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" --kill-on-bad-exit=0 --wait=0 --no-kill)
    if [ -n "$(places)" ]; then
        hosts=$PWD/.aevo-$SLURM_JOB_ID.hosts
        places | head -n "$ranks" >"$hosts"
        if ! check_room "$hosts"; then
            rm -f "$hosts"
            return 2
        fi
        options+=(--distribution=arbitrary --nodes="$(sort -u "$hosts" | wc -l)")
    fi
    (
        trap '' USR1 # until srun listens to it
        unset SLURM_NTASKS_PER_NODE SLURM_TASKS_PER_NODE # of the job, not of this step
        [ -z "$hosts" ] || export SLURM_HOSTFILE=$hosts
        exec srun "${options[@]}" "$home/slurm/rank" "$home" "$word" "$@"
    ) &
    step=$!
    code=0
    while kill -0 "$step" 2>/dev/null; do
        wait "$step"
        code=$?
    done
    step=
    # after TERM srun does not wait for the ranks, which are still stopping
    local patience=${stopping:+600}
    while [ ! -e "$word" ] && [ $((patience--)) -gt 0 ]; do
        sleep 0.1
    done
    if [ -e "$word" ]; then
        code=$(<"$word")
    else
        echo "aevo: rank 0 ended without a word (srun: $code)" >&2
        [ "$code" = 3 ] || code=1
    fi
    [ "$stopping" != TERM ] || sleep 3 # the other ranks look for it, too
    rm -f "$word" "$hosts"
    return "$code"
}
