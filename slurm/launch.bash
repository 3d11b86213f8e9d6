# Sourced by the batch scripts: starts the ranks of a run as one step, and stops them when the job is asked to stop.
: "${home:?the directory of aevo}"

cd "${SLURM_SUBMIT_DIR:?start this with sbatch}" || exit 1

# The job, as scontrol knows it and no other: a whole array is known by the number of its last task.
job=${job:-$SLURM_JOB_ID}
# What its files begin with; the cluster's name, for another may share the file system and the number.
files=$PWD/.aevo-$SLURM_JOB_ID.${SLURM_CLUSTER_NAME:+${SLURM_CLUSTER_NAME//[!A-Za-z0-9._-]/_}.}
restarts=${SLURM_RESTART_COUNT:-0}
# One of them holds the secret by which the ranks know each other. Of a job that was requeued, those of this start alone.
trap 'rm -f "$files"*".$restarts"{,.new} "$files$restarts".{code,code.new,hosts}' EXIT

# Empty until a signal asked the job to stop.
stopping=
step=

# USR1, which comes before the time limit, reaches this shell only: srun hands it on. (INT and HUP, too, if somebody sends them.)
trap 'stopping=USR1; [ -z "$step" ] || kill -USR1 "$step" 2>/dev/null' USR1 INT HUP
# TERM reaches the ranks as well when the job is cancelled, requeued or preempted; srun is gone soon after.
trap 'stopping=TERM; if [ -n "$step" ]; then sleep 1; kill -USR1 "$step" 2>/dev/null; fi' TERM

# How many workers the input lets share a GPU.
per_gpu=1

# check_job: is it one that these scripts can use?
check_job() {
    if [ "${SLURM_HET_SIZE:-1}" -gt 1 ]; then
        echo "aevo: of a heterogeneous job only the first of its $SLURM_HET_SIZE components would work: give sbatch one, without ':' ('#SBATCH hetjob'); --ntasks may spread over nodes of several kinds" >&2
        return 2
    fi
}

# sweep: removes what jobs left that were killed: files of this user and this cluster, of jobs that are over
sweep() {
    local file id cluster=${files#"$PWD/.aevo-$SLURM_JOB_ID."} jobs
    jobs=$(squeue --noheader --user="$UID" --format=%A 2>/dev/null) || return 0
    grep -qx "$SLURM_JOB_ID" <<<"$jobs" || return 0 # an answer that knows this job
    for file in .aevo-[0-9]*."$cluster"[0-9]*; do # a step, or a restart
        id=${file#.aevo-}
        id=${id%%.*}
        if [[ -f $file && -O $file && ! -L $file && $id =~ ^[0-9]+$ ]] && ! grep -qx "$id" <<<"$jobs"; then
            rm -f -- "$file"
        fi
    done
}

# one_memory: SLURM takes one way to ask for memory; another one, from where sbatch was called, would make srun refuse
one_memory() {
    local name each=0
    for name in SLURM_MEM_PER_CPU SLURM_MEM_PER_NODE SLURM_MEM_PER_GPU; do
        [ -z "${!name:-}" ] || each=$((each + 1))
    done
    [ "$each" -gt 1 ] || return 0
    case $(scontrol show job "$job") in
        *MinMemoryCPU=*) unset SLURM_MEM_PER_NODE SLURM_MEM_PER_GPU ;;
        *MemPerTres=*gpu*) unset SLURM_MEM_PER_NODE SLURM_MEM_PER_CPU ;;
        *) unset SLURM_MEM_PER_CPU SLURM_MEM_PER_GPU ;;
    esac
}

# check COMMAND ARGUMENTS...: says, once and not on every rank, what is wrong with 'aevo COMMAND ARGUMENTS...': run, evaluate, ensemble or bench
check() {
    local command=$1 effective
    shift
    if [ "$command" = bench ]; then
        effective=$("$home/bin/aevo" bench "$@" --print-input) || return
    else
        # as the master would, but for the address and the secret, which it does not use
        effective=$(AEVO_SECRET=$(printf %064d 0) "$home/bin/aevo" "$command" "$@" \
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

# launch RANKS ARGUMENTS...: 'aevo run ARGUMENTS...' as RANKS tasks, or what else $command says; returns the exit code of rank 0
launch() {
    local ranks=$1 code hosts='' options
    shift
    if [ -n "$stopping" ]; then
        return 3
    fi
    # srun's exit code is that of the worst task, or of a signal: rank 0 leaves its own here
    local word
    word=$files$restarts.code
    sweep
    one_memory
    rm -f "$files"* # also where ranks met before a first node was lost
    # a task or a node that is lost does not take the others with it
    options=(--ntasks="$ranks" --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" --kill-on-bad-exit=0 --wait=0 --no-kill)
    if [ -n "$(places)" ]; then
        hosts=$files$restarts.hosts
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
        export SLURM_OOM_KILL_STEP=0 # a worker that the kernel ends for its memory costs itself, not the run
        exec srun "${options[@]}" "$home/slurm/rank" "$home" "$word" "${command:-run}" "$@"
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
