import { applicationsReply, certificateView } from '#contract/http/certificate/certificate-view'
import { receiptLinkReply, receiptSchema, receiptsReply } from '#contract/http/certificate/receipt'
import { call, part, type PageQuery } from './call'

/** The applications and certificates of who is signed in. */
export const certificateApi = {
  applications: {
    list: (wish: PageQuery = {}) => call('GET', '/applications', { query: { ...wish }, reply: applicationsReply }),
  },
  receipts: {
    read: (certificateNumber: string) =>
      call('GET', `/receipts/${part(certificateNumber)}`, { reply: certificateView }),
    list: (wish: PageQuery = {}) => call('GET', '/receipts', { query: { ...wish }, reply: receiptsReply }),
    link: (token: string) => call('GET', `/receipts/links/${part(token)}`, { reply: receiptLinkReply }),
    register: (certificateNumber: string) =>
      call('POST', `/receipts/${part(certificateNumber)}/registration`, { reply: receiptSchema }),
  },
}
