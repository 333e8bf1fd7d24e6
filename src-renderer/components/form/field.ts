import { computed, type ComputedRef, onBeforeUnmount, useId, watch } from 'vue'
import { useSurroundingForm } from '../../composables/form/form'
import { useProblemText } from '../../i18n/problems'

/** What all fields are told. `label` is the whole accessible name; `short` names the field in the summary of errors. */
export interface FieldProps {
  name: string
  label: string
  short?: string | undefined
  hint?: string | undefined
  required?: boolean
  optional?: boolean
  readonly?: boolean
  /** The language of what is typed, where it is not that of the screen. */
  contentLang?: string
}

/** A field's ids, its value in the form around it (or its own model), and what is wrong with it. */
export function useField(
  props: FieldProps,
  model: { value: string | undefined },
  describes: { hint: () => boolean; group?: boolean },
) {
  const form = useSurroundingForm()
  const { ofField, ofProblem } = useProblemText()
  const id = `${props.name}-${useId()}`

  if (form) {
    watch(
      () => [props.name, props.short ?? props.label] as const,
      ([name, label], before) => {
        if (before && before[0] !== name) form.fields.delete(before[0])
        form.fields.set(name, { name, id, label })
      },
      { immediate: true },
    )
    onBeforeUnmount(() => {
      if (form.fields.get(props.name)?.id === id) form.fields.delete(props.name)
    })
  }

  const value = computed({
    get: () => (form ? (form.values[props.name] ?? '') : (model.value ?? '')),
    set: (typed) => {
      if (form) form.values[props.name] = typed
      model.value = typed
    },
  })

  const marks = computed(() => form?.marked.value ?? [])
  /** The text under the label; a refusal of several fields together says it at the first of them. */
  const error: ComputedRef<string | null> = computed(() => {
    const own = form?.errors.value.find(({ field }) => field === props.name)
    if (own) return ofField(own)
    return form?.problem.value && marks.value[0] === props.name ? ofProblem(form.problem.value) : null
  })
  const invalid = computed(() => error.value !== null || marks.value.includes(props.name))
  const errorId = computed(() => {
    if (error.value !== null) return `${id}-error`
    const first = invalid.value && form?.fields.get(marks.value[0] ?? '')
    return first ? `${first.id}-error` : null
  })
  const describedBy = computed(
    () => [errorId.value, describes.hint() ? `${id}-hint` : null].filter(Boolean).join(' ') || undefined,
  )

  /** What the refusal says to write instead; `take` writes it, and nothing is wrong with the field any more. */
  const suggestion = computed(() => {
    const found = form?.errors.value.find(({ field }) => field === props.name)?.params?.['suggestion']
    return typeof found === 'string' ? found : null
  })
  function take(text: string): void {
    value.value = text
    form?.forgive(props.name)
  }

  return { id, value, error, invalid, describedBy, suggestion, take }
}
