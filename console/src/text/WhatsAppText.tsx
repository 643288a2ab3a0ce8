import { Fragment, memo, type ReactNode } from 'react'
import { blocks, type Span } from './format'
import './text.css'

function spans(list: Span[]): ReactNode {
  return list.map((span, i) => {
    switch (span.kind) {
      case 'text': return <Fragment key={i}>{span.text}</Fragment>
      case 'link': return <a key={i} href={span.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{span.text}</a>
      case 'code': return <code key={i}>{span.text}</code>
      case 'bold': return <strong key={i}>{spans(span.inner)}</strong>
      case 'italic': return <em key={i}>{spans(span.inner)}</em>
      case 'strike': return <s key={i}>{spans(span.inner)}</s>
    }
  })
}

/**
 * The one way a customer's, a model's or a colleague's words get onto a page: elements built from the text, never HTML. Each
 * paragraph finds its own direction.
 */
export const WhatsAppText = memo(function WhatsAppText({ text }: { text: string }) {
  return (
    <div className="wa-text" dir="auto">
      {blocks(text).map((block, i) => {
        switch (block.kind) {
          case 'lines': return <p key={i} dir="auto">{spans(block.spans)}</p>
          case 'quote': return <blockquote key={i} dir="auto">{spans(block.spans)}</blockquote>
          case 'pre': return <pre key={i} dir="ltr">{block.text}</pre>
          case 'list': {
            const items = block.items.map((item, j) => <li key={j} dir="auto">{spans(item)}</li>)
            return block.ordered ? <ol key={i} start={block.start}>{items}</ol> : <ul key={i}>{items}</ul>
          }
        }
      })}
    </div>
  )
})
