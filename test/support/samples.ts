/** The password of whoever is registered in a test. */
export const PASSWORD = 'Hanami-2026x'

/** A certificate as the examination system hands it over. */
export const certificateLine = (userId: string, certificateNumber: string, changes: Record<string, unknown> = {}) => ({
  certificateNumber,
  userId,
  issuedOn: '2026-11-20',
  nameEn: 'NGUYEN VAN AN',
  nationality: 'VNM',
  birthDate: '1998-04-12',
  sex: 'male',
  statusOfResidence: '技術・人文知識・国際業務',
  periodOfStay: '3年',
  organization: '株式会社みらい商事',
  remarks: '',
  issuingOffice: '東京出入国在留管理局',
  ...changes,
})
