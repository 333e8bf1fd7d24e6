import { computed, type InjectionKey, inject, nextTick, type Reactive, type Ref, reactive, ref, shallowRef } from 'vue'
import type * as z from 'zod/mini'
import type { FieldProblem } from '#contract/http/problem'
import { ApiProblem, type ApiProblemCode, isSignedOut } from '../../api/problem'
import { formFailed, formMended } from './failed-forms'

type Values = Record<string, string>
type Answer = boolean | undefined

export interface FormOptions<Schema extends z.ZodMiniType, Typed extends Values> {
  /** The request's schema of the contract; its issues become the fields' errors. */
  schema: Schema
  /** What is typed. A reactive object (a draft) is used itself. */
  values: Typed | Reactive<Typed>
  /** Sends what the schema made of the typed values; may throw `ApiProblem`. */
  send(request: z.output<Schema>, typed: Typed): Promise<unknown>
  /** Errors that only the page can see, beside those of the schema. */
  check?(typed: Typed): FieldProblem[]
  /** Fields that a refusal as a whole marks, e.g. `{ 'session.wrong': ['userId', 'password'] }`. */
  marks?: Partial<Record<ApiProblemCode, string[]>>
  /** True: the problem is dealt with (another screen was opened, say) and nothing is shown. */
  onProblem?(problem: ApiProblem): Answer | Promise<Answer>
}

/** A field that stands in the form, as the summary needs it. */
export interface FormField {
  name: string
  id: string
  label: string
}

export interface Form<Typed extends Values = Values> {
  values: Reactive<Typed>
  errors: Ref<FieldProblem[]>
  problem: Ref<ApiProblem | null>
  busy: Ref<boolean>
  /** Checks, sends once, and shows what was refused. A call while one is under way does nothing. */
  submit(): Promise<void>
  /** Shows errors that were found elsewhere, as `submit` does. */
  fail(errors: FieldProblem[]): Promise<void>
  clear(): void
  /** Takes the error of a field back, since it was mended. */
  forgive(field: string): void
  /** For `AppForm`: the summary that gets the focus, the fields that stand in it. */
  summary: Ref<HTMLElement | null>
  fields: Map<string, FormField>
  /** Whether there is anything to tell in the summary. */
  failed: Ref<boolean>
  /** The fields that the refusal as a whole marks. */
  marked: Ref<string[]>
}

/** How a field finds the form around it. */
export const formKey: InjectionKey<Form> = Symbol('form')

/** The form around a field, or null where a field stands alone. */
export function useSurroundingForm(): Form | null {
  return inject(formKey, null)
}

function problemsOf(error: z.core.$ZodError): FieldProblem[] {
  return error.issues.map((issue) => {
    const params = issue.code === 'custom' ? (issue.params as FieldProblem['params']) : undefined
    return { field: issue.path.map(String).join('.'), code: issue.message, ...(params ? { params } : {}) }
  })
}

/** One error a field: the first that was found. Where it does not say how long the entry is, the entry itself does. */
function firstOfEach(errors: FieldProblem[], typed: Values): FieldProblem[] {
  return errors
    .filter((error, place) => errors.findIndex((other) => other.field === error.field) === place)
    .map((error) => ({ ...error, params: { count: [...(typed[error.field] ?? '')].length, ...error.params } }))
}

/** A form that sends once, ties every error to its field, puts the focus on the summary and never loses input. */
export function useForm<Schema extends z.ZodMiniType, Typed extends Values>(
  options: FormOptions<Schema, Typed>,
): Form<Typed> {
  const values = reactive(options.values) as Reactive<Typed>
  const errors = shallowRef<FieldProblem[]>([])
  const problem = shallowRef<ApiProblem | null>(null)
  const busy = ref(false)
  const summary = ref<HTMLElement | null>(null)
  const failed = computed(() => errors.value.length > 0 || problem.value !== null)
  const marked = computed(() => (problem.value && options.marks?.[problem.value.code]) ?? [])

  async function show(found: FieldProblem[], refusal: ApiProblem | null): Promise<void> {
    if (!failed.value) formFailed()
    errors.value = firstOfEach(found, { ...values })
    problem.value = refusal
    await nextTick()
    summary.value?.focus()
  }

  function clear(): void {
    if (failed.value) formMended()
    errors.value = []
    problem.value = null
  }

  function forgive(field: string): void {
    const others = errors.value.filter((error) => error.field !== field)
    if (others.length === 0 && !problem.value) clear()
    else errors.value = others
  }

  async function send(request: z.output<Schema>, typed: Typed): Promise<void> {
    try {
      await options.send(request, typed)
      clear()
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown
      // The way to the login is already being taken, and comes back here.
      if (isSignedOut(thrown)) return
      if (await options.onProblem?.(thrown)) return clear()
      const tied = thrown.code === 'request.invalid' && thrown.errors.length > 0
      await show(tied ? thrown.errors : [], tied ? null : thrown)
    }
  }

  async function submit(): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      const typed = { ...values } as Typed
      const read = options.schema.safeParse(typed)
      const found = [...(read.success ? [] : problemsOf(read.error)), ...(options.check?.(typed) ?? [])]
      if (found.length > 0 || !read.success) await show(found, null)
      else await send(read.data, typed)
    } finally {
      busy.value = false
    }
  }

  return {
    values,
    errors,
    problem,
    busy,
    submit,
    fail: (found) => show(found, null),
    clear,
    forgive,
    summary,
    fields: reactive(new Map<string, FormField>()),
    failed,
    marked,
  }
}
